import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContextsResponse, FaultsResponse } from '../../src/adapter/protocol.ts';
import { type ClientOptions, DapClient, isEvent } from '../support/dapClient.ts';
import { readGuest } from '../support/guests.ts';
import { example, program, stopped } from './conversations/talk.ts';

function newClient(options: ClientOptions = {}): DapClient {
  const client = new DapClient(options);
  onTestFinished(() => { client.dispose(); });
  return client;
}

async function faultsOf(client: DapClient): Promise<FaultsResponse> {
  return await client.ask<FaultsResponse>('refault/faults', { start: 0, count: 100 });
}

describe('two sessions', () => {
  it('know nothing of each other', async () => {
    const [one, other] = [newClient(), newClient()];
    await Promise.all([one.launch({ program: example('retry.s') }), other.launch({ program: example('retry.s'), kernel: '2.6.18' })]);
    const stops = await Promise.all([stopped(one), stopped(other)]);
    expect((await faultsOf(one)).faults[0]?.outcome).toBe('RETRY');
    expect((await faultsOf(other)).faults[0]?.outcome).toBe('SIGBUS');
    await one.ask('setExceptionBreakpoints', { filters: [] });
    await Promise.all([one.ask('continue', { threadId: stops[0].threadId }), other.ask('continue', { threadId: stops[1].threadId })]);
    const ends = await Promise.all([one.event('exited'), other.event('exited')]);
    expect(ends).toEqual([{ exitCode: 0 }, { exitCode: 128 + 7 }]);
  });
});

describe('a launch that cannot be', () => {
  it('tells every mistake of a source with its place, and the first one to the user', async () => {
    const client = newClient({ files: { '/bad.s': '_start: lwz r3\n        frobnicate r1\n' } });
    await client.initialize();
    const { success, message } = await client.request('launch', { program: '/bad.s' });
    expect(success).toBe(false);
    expect(message).toMatch(/^\/bad\.s:1:\d+: .*\(and 1 more, see the debug console\)$/);
    const places = client.messages.filter(isEvent).filter(({ event }) => event === 'output').map(({ body }) => body as { line: number; source: { path: string } });
    expect(places.map(({ line, source }) => [line, source.path])).toEqual([[1, '/bad.s'], [2, '/bad.s']]);
    // The client configures on as if nothing had happened, and may try again.
    await client.ask('configurationDone');
    await client.ask('launch', { program: program('calls.s') });
    await client.ask('configurationDone');
    await client.event('terminated');
  });

  it.each([
    ['/damaged', readGuest('hello_asm').slice(0, 100), /^\/damaged: .+\.$/],
    ['/picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0), /^\/picture\.png: The file is neither an ELF program nor text/],
    ['/empty.s', new Uint8Array(0), /^\/empty\.s: The file is empty/],
  ])('because of the file %s is told in one sentence', async (path, bytes, sentence) => {
    const client = newClient({ files: { [path]: bytes } });
    await client.initialize();
    const { success, message } = await client.request('launch', { program: path });
    expect(success).toBe(false);
    expect(message).toMatch(sentence);
  });

  it('because of a devices file says what is wrong in it', async () => {
    const client = newClient({ files: { '/devices.json': '[{"name": "d"}]', '/text.json': 'devices' } });
    await client.initialize();
    const launch = (devices: string): Promise<{ message?: string }> => client.request('launch', { program: program('calls.s'), devices });
    expect((await launch('/devices.json')).message).toBe('In the devices file "/devices.json", devices[0].nopage has to be a list.');
    expect((await launch('/text.json')).message).toMatch(/^The devices file "\/text\.json" is not JSON: /);
  });
});

describe('an access that is made for ever', () => {
  it('is marked from its hundredth time on, and the debug console says so once', async () => {
    const client = newClient();
    await client.launch({ program: example('hazards/dead-context.s'), kernel: '2.6.21', noDebug: true });
    await client.letRun();
    await client.ask('pause', { threadId: 1000 });
    const { total, faults } = await client.ask<FaultsResponse>('refault/faults', { start: 0, count: 1000 });
    expect(total).toBeGreaterThan(100);
    const marked = faults.filter(({ livelock }) => livelock);
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.every(({ attempt }) => attempt >= 100)).toBe(true);
    expect(faults.filter(({ attempt }) => attempt >= 100)).toEqual(marked);
    const said = client.messages.filter(isEvent).filter(({ event, body }) => event === 'output' && (body as { output: string }).output.startsWith('Livelock: thread 1000 '));
    expect(said).toHaveLength(1);
  });
});

describe('launch settings', () => {
  it('go before those of the source file', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s'), machine: { spes: 2 } });
    // With two SPEs nobody waits for one: no RETRY.
    expect(await client.event('exited')).toEqual({ exitCode: 0 });
    expect((await faultsOf(client)).faults.map(({ outcome }) => outcome)).not.toContain('RETRY');
  });

  it('change single choices of a kernel', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s'), kernel: { base: '2.6.18', interruptedWait: 'retry' } });
    await stopped(client);
    expect((await faultsOf(client)).faults[0]?.outcome).toBe('RETRY');
  });

  it.each([
    [{ base: '2.4' }, /^There is no kernel profile "2\.4"; there are /],
    [{ colour: 'red' }, /^A kernel profile has no choice "colour"; there are /],
    [{ base: '2.6.18', interruptedWait: 'never' }, /^The choice "interruptedWait" of a kernel profile is "sigbus" or "retry", not "never"\.$/],
    [{ base: '2.6.18-retry', nopageRetry: false }, /^"nopageRetry": false does not go with the kernel 2\.6\.18-retry, /],
    [{ base: 26 }, /^The argument kernel\.base of launch has to be a string\.$/],
    [true, /^The argument kernel of launch has to be an object\.$/],
  ])('refuse the kernel %j with a sentence', async (kernel, sentence) => {
    const client = newClient();
    await client.initialize();
    const { success, message } = await client.request('launch', { program: example('retry.s'), kernel });
    expect(success).toBe(false);
    expect(message).toMatch(sentence);
  });

  it('noDebug runs without breakpoints, filters and the stop on entry', async () => {
    const client = newClient();
    await client.launch({ program: example('retry.s'), noDebug: true, stopOnEntry: true }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: '_start' }] }));
    expect(await client.event('exited')).toEqual({ exitCode: 0 });
    expect(client.messages.filter(isEvent).map(({ event }) => event)).not.toContain('stopped');
  });

  it('restart reads the program again', async () => {
    const files: Record<string, string> = { '/exit.s': exits(3) };
    const client = newClient({ files });
    await client.launch({ program: '/exit.s', stopOnEntry: true });
    await stopped(client);
    files['/exit.s'] = exits(4);
    await client.ask('restart', {});
    const { threadId } = await stopped(client);
    await client.ask('continue', { threadId });
    expect(await client.event('exited')).toEqual({ exitCode: 4 });
  });

  it('shows what a C library prints line by line, as on a terminal', async () => {
    const client = newClient({ files: { '/hello': readGuest('hello_printf') } });
    await client.launch({ program: '/hello' }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'exit' }] }));
    await stopped(client);
    expect(client.programOutput()).toContain('hello glibc argc=1');
  });
});

function exits(status: number): string {
  return `        .globl _start\n_start: li r0, 234\n        li r3, ${String(status)}\n        sc\n`;
}

describe('the views', () => {
  it('show the DMA faults of an SPE program at its own lines, also when the program has ended', async () => {
    const client = newClient();
    await client.launch({ program: example('spe-dma.s') }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    await client.event('terminated');
    const { faults } = await faultsOf(client);
    const dma = faults.filter(({ origin }) => origin === 'mfc');
    expect(dma.length).toBeGreaterThan(0);
    for (const { line, source, command, context } of dma) expect({ line: typeof line, source: source?.name, command: typeof command, context: typeof context }).toEqual({ line: 'number', source: 'spe-dma.s', command: 'string', context: 'string' });
    const { contexts } = await client.ask<ContextsResponse>('refault/contexts');
    expect(contexts.map(({ state, faults: counts }) => [state, Object.values(counts).reduce((sum, n) => sum + n, 0) >= dma.length])).toEqual([['DESTROYED', true]]);
  });

  it('answer before the launch', async () => {
    const client = newClient();
    await client.initialize();
    expect(await faultsOf(client)).toEqual({ total: 0, faults: [] });
    expect(await client.ask('refault/contexts')).toEqual({ contexts: [] });
  });
});

describe('completions', () => {
  it.each([
    ['info s', ['info slb', 'info spu event', 'info spu signal', 'info spu mailbox', 'info spu dma', 'info spu proxydma', 'info spu sched']],
    ['1 + $l', ['$lr']],
    ['twi', ['twice']],
    ['fault.handler', ['fault.handler', 'fault.handlerAnswer']],
    ['nothing at al', []],
  ])('of "%s"', async (text, expected) => {
    const client = newClient();
    await client.launch({ program: program('calls.s'), stopOnEntry: true });
    await stopped(client);
    const { targets } = await client.ask<{ targets: { label: string }[] }>('completions', { text, column: text.length + 1 });
    expect(targets.map(({ label }) => label)).toEqual(expected);
  });
});

describe('a client that counts from 0', () => {
  it('gets and gives lines and columns from 0', async () => {
    const client = newClient();
    await client.initialize({ linesStartAt1: false, columnsStartAt1: false });
    await client.ask('launch', { program: program('calls.s') });
    const { breakpoints } = await client.ask<{ breakpoints: { line: number }[] }>('setBreakpoints', { source: { path: program('calls.s') }, breakpoints: [{ line: 11 }] });
    expect(breakpoints[0]?.line).toBe(11);
    await client.ask('configurationDone');
    const { threadId } = await stopped(client);
    const { stackFrames } = await client.ask<{ stackFrames: { line: number; column: number }[] }>('stackTrace', { threadId });
    expect(stackFrames[0]).toMatchObject({ line: 11, column: 8 });
  });
});

describe('while a program runs', () => {
  /** Time goes by quickly: little of the program has to be run. */
  const TICK = 3;

  it('the views are told what is new, a few times a second and no more', async () => {
    const client = newClient({ tick: TICK });
    await client.launch({ program: example('retry-forever.s') }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    const since = client.clock;
    const before = client.messages.length;
    while (client.clock - since < 4000) await client.letRun();
    const told = client.messages.slice(before).filter(isEvent).filter(({ event }) => event === 'refault/changed');
    expect(told.length).toBeGreaterThan(4);
    expect(told.length).toBeLessThanOrEqual(20);
    expect(told.map(({ body }) => (body as { faults: boolean }).faults)).not.toContain(false);
    const first = await faultsOf(client);
    await client.letRun();
    expect((await faultsOf(client)).total).toBeGreaterThan(first.total);
  });

  it('contexts that only the SPU changes are new too', async () => {
    const source = `
        .globl  _start
_start: lis     r3, path@ha
        addi    r3, r3, path@l
        li      r4, 0
        li      r5, 0755
        li      r6, 0
        li      r0, 279                 # spu_create
        sc
        lis     r4, npc@ha
        addi    r4, r4, npc@l
        li      r5, 0
        li      r0, 278                 # spu_run: an empty local store stops at once
        sc
loop:   b       loop
        .data
path:   .asciz  "/spu/idle"
        .balign 4
npc:    .long   0
`;
    const client = newClient({ files: { '/idle.s': source }, tick: TICK });
    await client.launch({ program: '/idle.s' });
    const since = client.clock;
    const before = client.messages.length;
    while (client.clock - since < 2000) await client.letRun();
    const told = client.messages.slice(before).filter(isEvent).filter(({ event }) => event === 'refault/changed').map(({ body }) => body as object);
    expect(told).toContainEqual({ faults: false, contexts: true });
    const { contexts } = await client.ask<ContextsResponse>('refault/contexts');
    expect(contexts.map(({ name }) => name)).toEqual(['idle']);
  });
});
