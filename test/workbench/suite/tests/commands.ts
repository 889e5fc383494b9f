/** Every command that the palette may show, run in each state: it does something sensible, or says a sentence, and never fails. */
import * as vscode from 'vscode';
import { equal, ok } from '../assert.ts';
import { Transcript } from '../transcript.ts';
import { programOf } from '../workspace.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[] };
}

/** Milliseconds that a command has before what it asks is dismissed. */
const PATIENCE = 800;

suite('commands', () => {
  const { contributes } = (vscode.extensions.getExtension('refault.refault')?.packageJSON ?? {}) as Manifest;
  let transcript: Transcript;

  setup(() => { transcript = new Transcript(); });
  teardown(async () => {
    await vscode.debug.stopDebugging();
    await dismiss();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    transcript.dispose();
  });

  async function dismiss(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
  }

  /** The reason why it failed, where it did. What it asks the user for is dismissed. */
  async function problemOf(command: string): Promise<string | undefined> {
    const running = Promise.resolve(vscode.commands.executeCommand(command)).then(() => undefined, (error: unknown) => `${command}: ${String(error)}`);
    for (let tries = 0; tries < 4; tries++) {
      const result = await Promise.race([running.then((problem) => ({ problem })), new Promise<undefined>((resolve) => { setTimeout(() => resolve(undefined), PATIENCE); })]);
      if (result) return result.problem;
      await dismiss();
    }
    return undefined;
  }

  async function problems(): Promise<string[]> {
    const found: string[] = [];
    for (const { command } of contributes.commands) {
      const problem = await problemOf(command);
      if (problem !== undefined) found.push(problem);
    }
    return found;
  }

  test('each has a title and is of Refault', () => {
    ok(contributes.commands.length > 10, `there are ${contributes.commands.length} commands`);
    for (const { command, title, category } of contributes.commands) {
      ok(!title.startsWith('%') && title !== '', `${command} has no title`);
      equal(category, 'Refault', `category of ${command}`);
    }
  });

  test('without a session and without a file each does something sensible', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    equal(await problems(), [], 'commands that failed');
  }).timeout(180_000);

  test('with a program that is stopped on a fault each does something sensible', async () => {
    ok(await vscode.debug.startDebugging(undefined, { type: 'cell', request: 'launch', name: 'retry.s', program: programOf('retry.s') }), 'the session did not start');
    await transcript.event('stopped');
    equal(await problems(), [], 'commands that failed');
  }).timeout(180_000);
});
