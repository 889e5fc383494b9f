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

  /** @param enter brings the state about in which each command is tried, since a command may leave it. */
  async function problems(enter: () => Promise<void>): Promise<string[]> {
    const found: string[] = [];
    for (const { command } of contributes.commands) {
      await enter();
      const problem = await problemOf(command);
      if (problem !== undefined) found.push(problem);
    }
    return found;
  }

  const isFollowed = (name: string): boolean => vscode.debug.activeDebugSession?.name === name;

  /** Begins a program, and waits until it is as far as an event says. Another one before it is ended. */
  async function begin(name: string, event: string, noDebug: boolean): Promise<void> {
    await vscode.debug.stopDebugging();
    const before = transcript.events(event).length;
    ok(await vscode.debug.startDebugging(undefined, { type: 'cell', request: 'launch', name, program: programOf(name) }, { noDebug }), 'the session did not start');
    await transcript.event(event, before + 1);
  }

  test('each has a title and is of Refault', () => {
    ok(contributes.commands.length > 10, `there are ${contributes.commands.length} commands`);
    for (const { command, title, category } of contributes.commands) {
      ok(!title.startsWith('%') && title !== '', `${command} has no title`);
      equal(category, 'Refault', `category of ${command}`);
    }
  });

  test('without a session and without a file each does something sensible', async () => {
    equal(await problems(async () => {
      await vscode.debug.stopDebugging();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }), [], 'commands that failed');
  }).timeout(180_000);

  test('with a program that is stopped on a fault each does something sensible', async () => {
    equal(await problems(async () => {
      if (!isFollowed('retry.s') || !(vscode.debug.activeStackItem instanceof vscode.DebugStackFrame)) await begin('retry.s', 'stopped', false);
    }), [], 'commands that failed');
  }).timeout(180_000);

  test('with a program that runs each does something sensible', async () => {
    equal(await problems(async () => {
      if (!isFollowed('retry-forever.s')) await begin('retry-forever.s', 'thread', true);
    }), [], 'commands that failed');
  }).timeout(180_000);

  test('with a program that has ended each does something sensible', async () => {
    equal(await problems(async () => {
      if (vscode.debug.activeDebugSession || transcript.events('terminated').length === 0) await begin('minor.s', 'terminated', true);
    }), [], 'commands that failed');
  }).timeout(180_000);
});
