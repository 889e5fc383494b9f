import type { DebugProtocol } from '@vscode/debugprotocol';
import { describe, expect, it } from 'vitest';
import { ForwardingAdapter, type Remains } from '../../extension/debug/forwardingAdapter.ts';
import type { WorkerListener } from '../../extension/debug/workerPort.ts';
import type { FromWorker, ToWorker } from '../../extension/worker/messages.ts';

/** A worker that does nothing by itself: the test plays it. */
class PlayedWorker {
  readonly posted: ToWorker[] = [];
  readonly emitted: DebugProtocol.ProtocolMessage[] = [];
  terminated = false;
  readonly adapter: ForwardingAdapter;
  #listener: WorkerListener | undefined;
  #seq = 0;

  constructor(ending: (remains: Remains) => Promise<void> = () => Promise.resolve()) {
    this.adapter = new ForwardingAdapter({
      start: (listener) => {
        this.#listener = listener;
        return { post: (message) => this.posted.push(message), terminate: () => { this.terminated = true; } };
      },
      files: {
        readFile: (path) => path === '/there' ? Promise.resolve(Uint8Array.of(1, 2)) : Promise.reject(new Error(`${path} cannot be read: it does not exist.`)),
        listFolder: () => Promise.resolve([{ name: 'a.s', kind: 'file' }]),
      },
      emit: (message) => this.emitted.push(message),
      ending,
    });
  }

  says(message: FromWorker): void { this.#listener?.received(message); }
  dies(reason: string): void { this.#listener?.died(reason); }
  event(event: string): void { this.says({ kind: 'dap', message: { seq: ++this.#seq, type: 'event', event } as DebugProtocol.Event }); }
  answers(request: DebugProtocol.Request, body: unknown): void {
    const { seq, command } = request;
    const response: DebugProtocol.Response = { seq: ++this.#seq, type: 'response', request_seq: seq, command, success: true, body };
    this.says({ kind: 'dap', message: response });
  }

  requests(): DebugProtocol.Request[] {
    return this.posted.flatMap((message) => message.kind === 'dap' ? [message.message as DebugProtocol.Request] : []);
  }

  /** What VS Code got: events by name, responses as `command ok` or `command: reason`. */
  heard(): string[] {
    return this.emitted.map((message) => {
      if (message.type === 'event') return (message as DebugProtocol.Event).event;
      const { command, success, message: reason } = message as DebugProtocol.Response;
      return success ? `${command} ok` : `${command}: ${reason ?? ''}`;
    });
  }
}

const request = (seq: number, command: string): DebugProtocol.Request => ({ seq, type: 'request', command });
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

describe('ForwardingAdapter', () => {
  it('passes messages on unchanged, in both directions and in order', () => {
    const worker = new PlayedWorker();
    worker.says({ kind: 'ready' });
    worker.adapter.handle(request(1, 'initialize'));
    worker.answers(request(1, 'initialize'), { supportsConfigurationDoneRequest: true });
    worker.event('initialized');
    expect(worker.requests()).toEqual([request(1, 'initialize')]);
    expect(worker.heard()).toEqual(['initialize ok', 'initialized']);
  });

  it('reads files and folders for the worker, and says in a sentence why one cannot be read', async () => {
    const worker = new PlayedWorker();
    worker.says({ kind: 'readFile', id: 7, path: '/there' });
    worker.says({ kind: 'readFile', id: 8, path: '/missing' });
    worker.says({ kind: 'listFolder', id: 9, path: '/' });
    await settled();
    expect(worker.posted).toHaveLength(3);
    expect(worker.posted).toEqual(expect.arrayContaining([
      { kind: 'file', id: 7, bytes: Uint8Array.of(1, 2) },
      { kind: 'unreadable', id: 8, reason: '/missing cannot be read: it does not exist.' },
      { kind: 'folder', id: 9, entries: [{ name: 'a.s', kind: 'file' }] },
    ]));
  });

  it('asks for what the program left before VS Code hears of the end', async () => {
    const left: unknown[] = [];
    const worker = new PlayedWorker(async ({ ask }) => { left.push(await ask('refault/faults', { start: 0, count: 5 })); });
    worker.event('exited');
    worker.event('terminated');
    expect(worker.heard()).toEqual(['exited']);
    const [question] = worker.requests();
    expect(question).toMatchObject({ command: 'refault/faults', arguments: { start: 0, count: 5 } });
    if (question) worker.answers(question, { total: 2 });
    await settled();
    expect(left).toEqual([{ total: 2 }]);
    expect(worker.heard()).toEqual(['exited', 'terminated']);
  });

  it('asks before a disconnect too, once in all', async () => {
    let questions = 0;
    const worker = new PlayedWorker(async ({ ask }) => { questions++; await ask('refault/contexts', {}); });
    worker.adapter.handle(request(5, 'disconnect'));
    expect(worker.requests().map(({ command }) => command)).toEqual(['refault/contexts', 'disconnect']);
    for (const asked of worker.requests()) worker.answers(asked, {});
    worker.event('terminated');
    await settled();
    expect(questions).toBe(1);
    expect(worker.heard()).toEqual(['disconnect ok', 'terminated']);
  });

  it('ends the session when its worker dies: open requests fail, later ones too, disconnect works', async () => {
    const worker = new PlayedWorker();
    worker.adapter.handle(request(1, 'initialize'));
    worker.answers(request(1, 'initialize'), {});
    worker.adapter.handle(request(2, 'stackTrace'));
    worker.dies('RangeError: out of memory');
    worker.adapter.handle(request(3, 'threads'));
    worker.adapter.handle(request(4, 'disconnect'));
    await settled();
    const reason = 'The debug adapter has failed and the session is over: RangeError: out of memory. Start it again; if it fails again, report this text.';
    expect(worker.heard()).toEqual(['initialize ok', 'output', `stackTrace: ${reason}`, 'terminated', `threads: ${reason}`, 'disconnect ok']);
    expect(worker.emitted.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('lets the end through when the worker dies while it is asked', async () => {
    const worker = new PlayedWorker(async ({ ask }) => { await ask('refault/faults', {}); });
    worker.event('terminated');
    worker.dies('killed');
    await settled();
    expect(worker.heard()).toContain('terminated');
  });

  it('answers for as long as what the session left is kept, and tells VS Code nothing more', async () => {
    let left: Remains | undefined;
    const worker = new PlayedWorker((remains) => {
      left = remains;
      remains.keep();
      return Promise.resolve();
    });
    worker.event('terminated');
    await settled();
    worker.adapter.dispose();
    expect(worker.terminated).toBe(false);
    const answer = left?.ask('refault/faults', { start: 1000, count: 5 });
    const [question] = worker.requests();
    if (question) worker.answers(question, { total: 2000 });
    expect(await answer).toEqual({ total: 2000 });
    worker.event('output');
    expect(worker.heard()).toEqual(['terminated']);
    left?.giveUp();
    expect(worker.terminated).toBe(true);
    await expect(left?.ask('refault/faults', {})).rejects.toThrow('The debug session has ended.');
  });

  it('ends the worker when VS Code is done with it', () => {
    const worker = new PlayedWorker();
    worker.adapter.dispose();
    expect(worker.terminated).toBe(true);
  });
});
