/** The terminal of a task: no shell and no process, so that it works wherever VS Code does. */
import * as vscode from 'vscode';
import type { LaunchArguments } from '../../src/adapter/launchArguments.ts';
import { runComparison } from '../compare/comparisonRun.ts';
import { PROFILES } from '../core.ts';
import { workspaceFiles } from '../debug/hostFiles.ts';
import { resolvePath } from '../debug/resolvePath.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import type { RefaultTask } from './definition.ts';
import type { TaskMistakes } from './mistakes.ts';
import { mistakeOf } from './placedMistake.ts';
import { ProgramTask, STATUS_FAILED } from './programTask.ts';
import { TypedLine } from './typedLine.ts';

/** Status of a program that Ctrl+C ended, as shells have it: 128 and SIGINT. */
const STATUS_INTERRUPTED = 130;
/** Writes the terminal's line anew (ECMA-48: carriage return, erase in line). */
const ANEW = '\r\x1b[2K';

export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;
  readonly #givenUp = new vscode.CancellationTokenSource();
  readonly #typed = new TypedLine();
  #program: ProgramTask | undefined;
  #hasToldMistakes = false;

  constructor(
    private readonly task: RefaultTask,
    private readonly folder: vscode.WorkspaceFolder | undefined,
    private readonly start: StartWorker,
    private readonly mistakes: TaskMistakes,
  ) {}

  open(): void {
    this.mistakes.clear();
    const launch: LaunchArguments = {
      program: resolvePath(this.task.file, this.folder),
      args: this.task.args,
      ...(this.task.kernel === undefined ? {} : { kernel: this.task.kernel }),
      ...(this.task.spes === undefined ? {} : { machine: { spes: this.task.spes } }),
    };
    const running = this.task.command === 'compare' ? this.#compare(launch) : this.#run(launch);
    running.then((status) => { this.#end(status); }, (error: unknown) => {
      this.#fail(error instanceof Error ? error.message : String(error));
    });
  }

  handleInput(keys: string): void {
    const { echo, lines, interrupted, ended } = this.#typed.type(keys);
    this.#print(echo);
    if (lines.length > 0) this.#program?.give({ text: lines.join('') });
    if (ended) this.#program?.give({});
    if (interrupted) this.#end(STATUS_INTERRUPTED);
  }

  /** The task is terminated, or its terminal closed. */
  close(): void {
    this.#givenUp.cancel();
    this.#program?.dispose();
    this.#program = undefined;
  }

  async #run(launch: LaunchArguments): Promise<number> {
    this.#program = new ProgramTask({
      start: this.start, files: workspaceFiles, launch,
      print: (text) => { this.#print(text); },
      tell: (mistake) => { this.mistakes.add(mistake); },
      leftOutText: (count) => vscode.l10n.t('{0} earlier faults are left out.', count),
    });
    return await this.#program.run();
  }

  async #compare(launch: LaunchArguments): Promise<number> {
    const kernels = this.task.kernels.length > 0 ? this.task.kernels : PROFILES.map(({ name }) => name);
    const maxCycles = vscode.workspace.getConfiguration('refault').get<number>('compare.maxCycles') ?? 0;
    const comparison = await runComparison(this.start, { launch, kernels, ...(maxCycles > 0 ? { maxCycles } : {}) }, {
      onKernel: ({ kernel, number, of }) => { this.#print(`${ANEW}${vscode.l10n.t('{0} ({1} of {2})', kernel, number, of)}`); },
      onOutput: (body) => {
        const mistake = mistakeOf(body);
        if (!mistake) return;
        this.#hasToldMistakes = true;
        this.#print(body.output);
        this.mistakes.add(mistake);
      },
    }, this.#givenUp.token);
    this.#print(ANEW);
    if (comparison) this.#print(`${[...comparison.lines, ...comparison.notices].join('\n')}\n`);
    return comparison ? 0 : STATUS_INTERRUPTED;
  }

  #fail(reason: string): void {
    // The reason names the first of the mistakes that are there already.
    if (!this.#hasToldMistakes) this.#print(`${ANEW}refault: ${reason}\n`);
    this.#end(STATUS_FAILED);
  }

  #print(text: string): void {
    this.#written.fire(text.replace(/\r?\n/g, '\r\n'));
  }

  #end(status: number): void {
    this.close();
    this.#closed.fire(status);
  }
}
