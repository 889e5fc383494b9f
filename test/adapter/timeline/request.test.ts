/** refault/timeline as a client asks for it: in every state of the session, back in time, and in a future that came out different. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TimelineLane, TimelineResponse, TimelineSpan } from '../../../src/adapter/timelineProtocol.ts';
import { DapClient } from '../../support/dapClient.ts';
import { example, stopped } from '../conversations/talk.ts';

function newClient(): DapClient {
  const client = new DapClient();
  onTestFinished(() => { client.dispose(); });
  return client;
}

async function ask(client: DapClient, looked: object = {}): Promise<TimelineResponse> {
  return await client.ask<TimelineResponse>('refault/timeline', looked);
}

function lane({ lanes }: TimelineResponse, name: string): TimelineLane {
  const found = lanes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no lane ${name}, but ${lanes.map((l) => l.name).join(', ')}.`);
  return found;
}

function waits({ spans }: TimelineLane): readonly TimelineSpan[] {
  return spans.filter(({ doing }) => doing === 'waiting');
}

async function go(client: DapClient, command: string, args: object): Promise<void> {
  await client.ask(command, args);
  await stopped(client);
}

describe('refault/timeline', () => {
  it('tells the story of retry.s: a wait for an SPE, answered with RETRY, the signal, and the wait again', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s'), noDebug: true });
    await client.event('exited');
    const timeline = await ask(client);
    const toucher = lane(timeline, 'retry.s (1001)');
    const [first, second] = waits(toucher).filter(({ what }) => what?.includes('SPE run queue'));
    const faults = toucher.marks.flatMap((mark) => (mark.kind === 'fault' && mark.what.includes('signal1') ? [mark] : []));
    expect(faults.map(({ outcome }) => outcome)).toEqual(['RETRY', 'MINOR']);
    expect([first?.fault, second?.fault]).toEqual(faults.map(({ fault }) => fault));
    const alarm = toucher.marks.find(({ kind }) => kind === 'signal');
    expect(alarm?.what).toBe('SIGALRM');
    expect(alarm?.at).toBeGreaterThanOrEqual(faults[0]?.to ?? Infinity);
    expect(alarm?.at).toBeLessThan(faults[1]?.at ?? 0);
    // The SPE is the other context's for all that time.
    const busy = lane(timeline, 'SPE 0').spans.find(({ doing, what }) => doing === 'running' && what === 'busy');
    expect(busy?.from).toBeLessThan(first?.from ?? 0);
    expect(busy?.to).toBeGreaterThan(first?.to ?? Infinity);
    expect(lane(timeline, 'other').spans.filter(({ doing }) => doing === 'ready').map(({ what }) => what)).toEqual(['for an SPE', 'for an SPE']);
  });

  it('has the commands of the MFC from their queue to their end, and the faults that held them up', async () => {
    const client = newClient();
    await client.launch({ program: example('spe-dma.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['MINOR'], filterOptions: [] }));
    const stop = async (): Promise<TimelineLane | undefined> => (await ask(client)).lanes.find(({ kind }) => kind === 'context');
    let { threadId } = await stopped(client);
    let context = await stop();
    for (let i = 0; i < 12 && !context?.marks.some(({ kind }) => kind === 'fault'); i += 1) {
      await client.ask('continue', { threadId });
      ({ threadId } = await stopped(client));
      context = await stop();
    }
    // All four are queued; none is done.
    const queued = context?.marks.filter(({ kind }) => kind === 'dma') ?? [];
    expect(queued.map(({ what, to }) => [what.replace(/0x\S+/, 'EA'), to])).toEqual([
      ...Array<unknown>(2).fill(['get 16384 bytes EA tag 5', undefined]), ...Array<unknown>(2).fill(['putf 16384 bytes EA tag 5', undefined]),
    ]);
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('continue', { threadId });
    await client.event('exited');
    const done = (await stop())?.marks.filter(({ kind }) => kind === 'dma') ?? [];
    expect(done.map(({ at, what }) => [at, what])).toEqual(queued.map(({ at, what }) => [at, what]));
    for (const { at, to } of done) expect(to).toBeGreaterThan(at);
  });

  it('is the same when the program has gone back and comes there again', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }));
    const { threadId } = await stopped(client);
    const atFault = await ask(client);
    await go(client, 'next', { threadId });
    const later = await ask(client);
    const fault = atFault.lanes.flatMap(({ marks }) => marks).find((mark) => mark.kind === 'fault' && mark.outcome === 'RETRY');
    await go(client, 'refault/travelTo', { cycle: Math.floor((fault?.at ?? 0) / 2) });
    const past = await ask(client);
    expect(past.end).toBeLessThan(fault?.at ?? 0);
    expect(past.lanes.flatMap(({ marks }) => marks).filter(({ at }) => at > past.end)).toEqual([]);
    await go(client, 'refault/travelTo', { fault: fault?.kind === 'fault' ? fault.fault : -1 });
    expect(await ask(client)).toEqual(atFault);
    await go(client, 'next', { threadId });
    expect(await ask(client)).toEqual(later);
  });

  it('forgets the future that an edit has made another', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s'), stopOnEntry: true }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    const { threadId } = await stopped(client);
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'on_alarm' }] });
    await go(client, 'continue', { threadId });
    expect((await ask(client)).lanes.flatMap(({ marks }) => marks).filter(({ kind }) => kind === 'signal')).toHaveLength(1);
    await client.ask('setFunctionBreakpoints', { breakpoints: [] });
    await go(client, 'reverseContinue', { threadId });
    const { stackFrames } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
    await client.ask('evaluate', { expression: '$r9 = 1', frameId: stackFrames[0]?.id, context: 'repl' });
    expect((await ask(client)).lanes.flatMap(({ marks }) => marks)).toEqual([]);
    await client.ask('continue', { threadId });
    await client.event('exited');
    expect((await ask(client)).lanes.flatMap(({ marks }) => marks).filter(({ kind }) => kind === 'signal')).toHaveLength(1);
  });

  it('looks at a part of the time, as finely as is asked for', async () => {
    const client = newClient();
    await client.launch({ program: example('mailbox.s'), noDebug: true });
    await client.event('exited');
    const whole = await ask(client);
    const from = Math.floor(whole.end / 2);
    const part = await ask(client, { from });
    expect(lane(part, 'squarer').spans).toEqual(lane(whole, 'squarer').spans.filter(({ to }) => to >= from));
    const coarse = await ask(client, { cyclesPerPoint: whole.end });
    expect(lane(coarse, 'squarer').spans.map(({ doing, count }) => [doing, count])).toEqual([['many', lane(whole, 'squarer').spans.length]]);
  });

  it('answers without a program, and says what is wrong with what it is asked', async () => {
    const client = newClient();
    await client.initialize();
    expect((await ask(client)).lanes).toEqual([]);
    for (const [looked, sentence] of [
      [{ from: 9, to: 3 }, 'The argument to of refault/timeline has to be no less than from.'],
      [{ from: -1 }, 'The argument from of refault/timeline has to be a whole number from 0.'],
      [{ cyclesPerPoint: 0 }, 'The argument cyclesPerPoint of refault/timeline has to be a whole number from 1.'],
    ] as const) {
      const { success, message } = await client.request('refault/timeline', looked);
      expect([success, message]).toEqual([false, sentence]);
    }
  });

  it('is known from a checkpoint on, where what was before has been let go of', async () => {
    const client = newClient();
    await client.launch({ program: example('retry-forever.s'), stopOnEntry: true }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    const { threadId } = await stopped(client);
    let timeline = await ask(client);
    await client.ask('continue', { threadId });
    while (timeline.begin === 0) {
      await client.letRun();
      timeline = await ask(client, { cyclesPerPoint: 1_000_000 });
    }
    await go(client, 'pause', { threadId });
    await go(client, 'refault/travelTo', { cycle: 1_000_000 });
    const past = await ask(client);
    expect(past.begin).toBeLessThanOrEqual(past.end);
    expect(past.end).toBeLessThanOrEqual(1_000_100);
    for (const name of ['CPU 0', 'retry-forever.s (1000)']) expect(lane(past, name).spans.length).toBeGreaterThan(0);
  });
});
