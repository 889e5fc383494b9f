import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { ContextsResponse, FaultsResponse } from '../../../../src/adapter/protocol.ts';
import { equal, ok } from '../assert.ts';
import { Transcript } from '../transcript.ts';
import { example, programOf } from '../workspace.ts';

interface Stopped {
  readonly threadId: number;
  readonly reason: string;
}

suite('session', () => {
  let transcript: Transcript;

  setup(() => { transcript = new Transcript(); });
  teardown(async () => {
    await vscode.debug.stopDebugging();
    transcript.dispose();
  });

  const launch = (program: string, more: object = {}): Thenable<boolean> =>
    vscode.debug.startDebugging(undefined, { type: 'cell', request: 'launch', name: program, program: programOf(program), ...more });

  async function stopped(count = 1, session?: vscode.DebugSession): Promise<Stopped & { session: vscode.DebugSession }> {
    const { session: stopping, body } = await transcript.event('stopped', count, session);
    return { session: stopping, threadId: Number(body['threadId']), reason: String(body['reason']) };
  }

  async function topFrame(session: vscode.DebugSession, threadId: number): Promise<DebugProtocol.StackFrame[]> {
    const { stackFrames } = await session.customRequest('stackTrace', { threadId }) as DebugProtocol.StackTraceResponse['body'];
    return stackFrames;
  }

  const resume = (session: vscode.DebugSession, threadId: number): Thenable<unknown> => session.customRequest('continue', { threadId });

  test('F5 on retry.s stops on RETRY, then the store is taken again and the program ends', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(example('retry.s')));
    await vscode.commands.executeCommand('workbench.action.debug.start');
    const { session, threadId, reason } = await stopped();
    equal(reason, 'exception', 'reason of the stop');
    const exception = await session.customRequest('exceptionInfo', { threadId }) as DebugProtocol.ExceptionInfoResponse['body'];
    equal(exception.exceptionId, 'RETRY', 'the filter that stopped');

    const frames = await topFrame(session, threadId);
    ok(frames.some(({ name }) => name.includes('spufs_ps_nopage')), `no kernel frame in ${frames.map(({ name }) => name).join(', ')}`);
    const user = frames.find(({ source }) => source?.path?.endsWith('/retry.s'));
    ok(user !== undefined, 'no frame in retry.s');
    const stoppedOn = (await vscode.workspace.openTextDocument(example('retry.s'))).lineAt(user.line - 1).text;
    ok(/\bstw\b/.test(stoppedOn), `stopped on "${stoppedOn}", which does not store`);

    const { faults } = await session.customRequest('refault/faults', { start: 0, count: 10 }) as FaultsResponse;
    equal(faults[0]?.outcome, 'RETRY', 'the newest fault');
    const { contexts } = await session.customRequest('refault/contexts') as ContextsResponse;
    ok(contexts.length === 2, `${contexts.length} SPE contexts instead of 2`);

    await resume(session, threadId);
    const { body } = await transcript.event('exited', 1, session);
    equal(body['exitCode'], 0, 'exit code');
    await transcript.event('terminated', 1, session);
  });

  test('under 2.6.18 the same program is killed by the SIGBUS', async () => {
    ok(await launch('retry.s', { kernel: '2.6.18' }), 'the session did not start');
    const { session, threadId } = await stopped();
    const exception = await session.customRequest('exceptionInfo', { threadId }) as DebugProtocol.ExceptionInfoResponse['body'];
    equal(exception.exceptionId, 'SIGBUS', 'the filter that stopped');
    await resume(session, threadId);
    await transcript.event('exited', 1, session);
  });

  test('a breakpoint in the source is verified and hit', async () => {
    const document = await vscode.workspace.openTextDocument(example('minor.s'));
    const line = document.getText().split('\n').findIndex((text) => /^\s+li\s/.test(text));
    ok(line > 0, 'minor.s has no li');
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(line, 0)));
    vscode.debug.addBreakpoints([breakpoint]);
    try {
      ok(await launch('minor.s'), 'the session did not start');
      const { session, threadId, reason } = await stopped();
      equal(reason, 'breakpoint', 'reason of the stop');
      equal((await topFrame(session, threadId))[0]?.line, line + 1, 'line of the stop');
    } finally {
      vscode.debug.removeBreakpoints([breakpoint]);
    }
  });

  test('pause stops a guest that never ends', async () => {
    ok(await launch('retry-forever.s', { }), 'the session did not start');
    const first = await stopped();
    await first.session.customRequest('setExceptionBreakpoints', { filters: [] });
    await resume(first.session, first.threadId);
    const { threads } = await first.session.customRequest('threads') as DebugProtocol.ThreadsResponse['body'];
    await first.session.customRequest('pause', { threadId: threads[0]?.id });
    equal((await stopped(2, first.session)).reason, 'pause', 'reason of the stop');
  });

  test('two sessions run side by side', async () => {
    ok(await launch('retry.s'), 'the first session did not start');
    const one = await stopped();
    ok(await launch('retry.s', { kernel: '2.6.18' }), 'the second session did not start');
    const { session: other } = await transcript.event('stopped', 2);
    ok(other.id !== one.session.id, 'there is only one session');
    const outcome = async (session: vscode.DebugSession): Promise<string | undefined> =>
      (await session.customRequest('refault/faults', { start: 0, count: 1 }) as FaultsResponse).faults[0]?.outcome;
    equal([await outcome(one.session), await outcome(other)], ['RETRY', 'SIGBUS'], 'newest faults of the sessions');
    await Promise.all([vscode.debug.stopDebugging(one.session), vscode.debug.stopDebugging(other)]);
  });

  test('twenty sessions, one after the other', async () => {
    for (let count = 1; count <= 20; count++) {
      ok(await launch('minor.s', { stopOnEntry: true }), `session ${count} did not start`);
      const { session } = await stopped(count);
      await vscode.debug.stopDebugging(session);
    }
  });

  test('an ELF program in the active editor needs no configuration', async () => {
    await vscode.commands.executeCommand('vscode.open', example('hello_asm'));
    ok(await vscode.debug.startDebugging(undefined, { type: 'cell', request: 'launch', name: 'ELF' }), 'the session did not start');
    const { session, body } = await transcript.event('exited');
    equal(body['exitCode'], 7, 'exit code');
    ok(transcript.output(session).includes('Hello, world!'), `it printed ${transcript.output(session)}`);
  });

  test('a program that is missing is told in one sentence', async () => {
    const started = launch('missing.s');
    const answer = await Promise.resolve(started).then((value) => ({ value, reason: '' }), (error: unknown) => ({ value: false, reason: String(error) }));
    equal(answer.value, false, 'the session started');
    ok(/missing\.s cannot be read: it does not exist\.(?!.*Error)/.test(answer.reason), `the user is told: ${answer.reason}`);
  });
});
