import * as vscode from 'vscode';
import { equal, ok } from '../assert.ts';

suite('tasks', () => {
  const tasksOf = async (command: string, file: string): Promise<vscode.Task | undefined> =>
    (await vscode.tasks.fetchTasks({ type: 'refault' })).find(({ definition }) => definition['command'] === command && String(definition['file']).endsWith(file));

  async function ended(task: vscode.Task): Promise<void> {
    const end = new Promise<void>((resolve) => {
      const listening = vscode.tasks.onDidEndTask(({ execution }) => {
        if (execution.task.name !== task.name) return;
        listening.dispose();
        resolve();
      });
    });
    await vscode.tasks.executeTask(task);
    await end;
  }

  test('run and compare are offered for the examples', async () => {
    for (const command of ['run', 'compare']) {
      const task = await tasksOf(command, 'retry.s');
      ok(task !== undefined, `there is no task that does ${command} on retry.s`);
      equal(task.source, 'refault', 'source of the task');
    }
  });

  test('a task runs its program to the end', async () => {
    const task = await tasksOf('run', 'minor.s');
    ok(task !== undefined, 'there is no task that runs minor.s');
    await ended(task);
  });
});
