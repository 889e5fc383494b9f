/** A tool for assistants: runs a program under a kernel, in a worker, and reads its faults. */
import * as vscode from 'vscode';
import type { LaunchArguments } from '../../src/adapter/launchArguments.ts';
import { DEFAULT_PROFILE } from '../core.ts';
import { type Files, workspaceFiles } from '../debug/hostFiles.ts';
import { resolvePath } from '../debug/resolvePath.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import { runHeadless } from '../headless/headlessRun.ts';
import { type RunToolInput, readInput } from './runToolInput.ts';
import { reportForAssistant } from './runToolReport.ts';

/** Tools came after VS Code 1.90: what is used of them, as later versions have it. */
interface ToolInvocation {
  readonly input: unknown;
}
interface Tool {
  prepareInvocation(options: ToolInvocation): { readonly invocationMessage: string };
  invoke(options: ToolInvocation, token: vscode.CancellationToken): Promise<object>;
}
interface ToolApi {
  readonly LanguageModelToolResult?: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart?: new (text: string) => object;
}
interface ToolRegistry {
  readonly registerTool?: (name: string, tool: Tool) => vscode.Disposable;
}

const TOOL = 'refault_run';
const LIMITS = { milliseconds: 20_000, faults: 1000, output: 4000 } as const;
/** Name under which source that an assistant wrote is known. */
const INLINE = 'program.s';

/** Nothing where this VS Code has no tools. */
export function registerRunTool(start: StartWorker): vscode.Disposable[] {
  const { LanguageModelToolResult: Result, LanguageModelTextPart: Text }: typeof vscode & ToolApi = vscode;
  const registry: typeof vscode.lm & ToolRegistry = vscode.lm;
  if (registry.registerTool === undefined || Result === undefined || Text === undefined) return [];
  return [registry.registerTool(TOOL, {
    prepareInvocation: ({ input }) => {
      const { program, kernel = DEFAULT_PROFILE } = readInput(input);
      return { invocationMessage: vscode.l10n.t('Running {0} under Linux {1}', program ?? INLINE, kernel) };
    },
    invoke: async ({ input }, token) => {
      const wish = readInput(input);
      const run = await runHeadless(start, filesFor(wish), launchFor(wish), LIMITS, {
        isCancellationRequested: token.isCancellationRequested,
        onCancellationRequested: (listener) => token.onCancellationRequested(listener),
      });
      return new Result([new Text(reportForAssistant(run, wish))]);
    },
  })];
}

function launchFor({ program, kernel, spes, args }: RunToolInput): LaunchArguments {
  return {
    program: program === undefined ? INLINE : resolvePath(program, vscode.workspace.workspaceFolders?.[0]),
    ...(kernel === undefined ? {} : { kernel }),
    ...(spes === undefined ? {} : { machine: { spes } }),
    ...(args === undefined ? {} : { args }),
  };
}

function filesFor({ source }: RunToolInput): Files {
  if (source === undefined) return workspaceFiles;
  const bytes = new TextEncoder().encode(source);
  return { ...workspaceFiles, readFile: async (path) => (path === INLINE ? bytes : await workspaceFiles.readFile(path)) };
}
