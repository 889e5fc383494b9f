/** Tasks that run and compare the assembly files of the workspace. */
import * as vscode from 'vscode';
import type { StartWorker } from '../debug/workerPort.ts';
import { LANGUAGE } from '../language/language.ts';
import { readTask, type RefaultTask, TASK_TYPE } from './definition.ts';
import { TaskMistakes } from './mistakes.ts';
import { TaskTerminal } from './taskTerminal.ts';

/** Files of the workspace that get tasks by themselves; for others tasks.json names them. */
const MOST_FILES = 100;

class RefaultTasks implements vscode.TaskProvider {
  constructor(private readonly start: StartWorker, private readonly mistakes: TaskMistakes) {}

  async provideTasks(token: vscode.CancellationToken): Promise<vscode.Task[]> {
    const open = vscode.workspace.textDocuments.filter(({ languageId, uri }) => languageId === LANGUAGE && vscode.workspace.getWorkspaceFolder(uri)).map(({ uri }) => uri);
    const found = await vscode.workspace.findFiles('**/*.{s,S}', undefined, MOST_FILES, token);
    const files = new Map([...open, ...found].map((uri) => [uri.toString(), uri]));
    return [...files.values()].flatMap((uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (!folder) return [];
      const file = vscode.workspace.asRelativePath(uri, false);
      return (['run', 'compare'] as const).map((command) => this.#task({ type: TASK_TYPE, command, file }, folder, `${command} ${file}`));
    });
  }

  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task | undefined {
    if (!readTask(definition)) return undefined;
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
    // The definition itself has to come back: VS Code knows the task by it.
    return this.#task(definition, folder, name);
  }

  #task(definition: vscode.TaskDefinition, folder: vscode.WorkspaceFolder | undefined, name: string): vscode.Task {
    // Variables such as ${file} have their values in what the execution is given.
    const execution = new vscode.CustomExecution((resolved) => Promise.resolve(this.#terminal(readTask(resolved), folder)));
    // No problem matchers, and no question which: mistakes come from the session.
    const task = new vscode.Task(definition, folder ?? vscode.TaskScope.Workspace, name, TASK_TYPE, execution, []);
    task.presentationOptions = { clear: true };
    return task;
  }

  #terminal(task: RefaultTask | undefined, folder: vscode.WorkspaceFolder | undefined): TaskTerminal {
    if (!task) throw new Error(vscode.l10n.t('A task of the type "refault" needs a "file".'));
    return new TaskTerminal(task, folder, this.start, this.mistakes);
  }
}

export function registerTasks(start: StartWorker): vscode.Disposable[] {
  const mistakes = new TaskMistakes();
  return [mistakes, vscode.tasks.registerTaskProvider(TASK_TYPE, new RefaultTasks(start, mistakes))];
}
