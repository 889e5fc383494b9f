import { afterEach, describe, expect, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { type GuestName, readGuest } from '../support/guests.ts';
import { example, program, stopped } from './conversations/talk.ts';

interface Frame {
  readonly name: string;
  readonly line: number;
  readonly instructionPointerReference?: string;
}

/** A program that is stopped, and the thread that caused it. */
interface Stand {
  readonly client: DapClient;
  readonly threadId: number;
}

const clients: DapClient[] = [];
afterEach(() => { for (const client of clients.splice(0)) client.dispose(); });

function newClient(files: Readonly<Record<string, string | Uint8Array>> = {}): DapClient {
  const client = new DapClient({ files });
  clients.push(client);
  return client;
}

async function frames({ client, threadId }: Stand): Promise<readonly Frame[]> {
  return (await client.ask<{ stackFrames: readonly Frame[] }>('stackTrace', { threadId })).stackFrames;
}

/** `main:16 < _start:10`, innermost first. */
async function where(stand: Stand): Promise<string> {
  return (await frames(stand)).map(({ name, line }) => `${name}:${String(line)}`).join(' < ');
}

/** Does steps and tells where each led. */
async function steps(stand: Stand, ...commands: readonly string[]): Promise<string[]> {
  const { client, threadId } = stand;
  const places: string[] = [];
  for (const command of commands) {
    const [kind = '', granularity = 'line'] = command.split(' ');
    await client.ask(kind, { threadId, granularity });
    expect((await stopped(client)).reason).toBe('step');
    places.push(await where(stand));
  }
  return places;
}

async function toFunction(path: string, name: string, files: Readonly<Record<string, Uint8Array>> = {}): Promise<Stand> {
  const client = newClient(files);
  await client.launch({ program: path }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name }] });
  });
  return { client, threadId: (await stopped(client)).threadId };
}

async function toEntry(path: string, files: Readonly<Record<string, string>> = {}): Promise<Stand> {
  const client = newClient(files);
  await client.launch({ program: path, stopOnEntry: true });
  return { client, threadId: (await stopped(client)).threadId };
}

async function guest(name: GuestName, at: string): Promise<Stand> {
  return await toFunction(`/guests/${name}`, at, { [`/guests/${name}`]: readGuest(name) });
}

describe('lines of C', () => {
  // lines.c: main calls sum on line 16; sum's loop on line 8 calls an inlined function of scale.h.
  it('next runs through calls, stepIn enters them, stepOut leaves them', async () => {
    const at = await guest('lines_dw4', 'main');
    expect(await where(at)).toBe('main:15 < _start:10');
    expect(await steps(at, 'next', 'stepIn')).toEqual(['main:16 < _start:10', 'sum:8 < main:16 < _start:10']);
    const [out = ''] = await steps(at, 'stepOut');
    expect(out).toMatch(/^main:1[67] < _start:10$/);
    expect((await steps(at, 'next')).at(-1)).toMatch(/^(main:1[78]|_start:11)/);
  });

  it('next over a call of many instructions is one step', async () => {
    const at = await guest('lines_dw4', 'main');
    expect(await steps(at, 'next', 'next')).toEqual(['main:16 < _start:10', 'main:17 < _start:10']);
  });

  it('a line that is a whole program runs freely to the next one', async () => {
    // Everything in sieve.c is on line 4: the step ends where main returns to.
    const at = await guest('sieve_O0', 'main');
    expect((await steps(at, 'next'))[0]).toMatch(/^__libc_start/);
  });

  it('stacks go through the C library to the beginning', async () => {
    const at = await guest('qsortmalloc', 'qsort');
    const names = (await frames(at)).map(({ name }) => name);
    expect(names[0]).toBe('qsort');
    expect(names[1]).toBe('main');
    expect(names.at(-1)).toMatch(/_start|__libc_start_main/);
  });
});

describe('instructions', () => {
  it('are one step each; next runs through bl, stepIn enters', async () => {
    const at = await toFunction(program('calls.s'), '_start');
    expect(await steps(at, 'next instruction', 'next instruction', 'stepIn instruction', 'stepIn instruction', 'stepIn instruction'))
      .toEqual(['_start:8', '_start:9', 'outer:30 < _start:9', 'outer:31 < _start:9', 'outer:32 < _start:9']);
    expect(await steps(at, 'stepIn instruction', 'stepIn instruction', 'stepOut', 'stepOut'))
      .toEqual(['outer:33 < _start:9', 'twice:24 < outer:33 < _start:9', 'outer:34 < _start:9', '_start:10']);
  });

  it('a loop in one instruction is stepped turn by turn', async () => {
    const at = await toEntry('/spin.s', { '/spin.s': '        .globl _start\n_start: b _start\n' });
    expect(await steps(at, 'next', 'stepIn', 'next instruction')).toEqual(['_start:2', '_start:2', '_start:2']);
  });

  it('there is nothing to step out to from the outermost frame', async () => {
    const at = await toFunction(program('calls.s'), '_start');
    expect(await at.client.request('stepOut', { threadId: at.threadId })).toMatchObject({ success: false, message: 'This is the outermost frame, there is nothing to step out to; use continue.' });
  });
});

describe('faults and system calls', () => {
  it('next takes an instruction that faults to its end', async () => {
    const at = await toFunction(program('calls.s'), 'loop');
    const before = await at.client.ask<{ total: number }>('refault/faults', { start: 0, count: 0 });
    // The load is in a page that was never touched, the store makes the page the program's own.
    expect(await steps(at, 'next', 'next', 'next')).toEqual(['_start:13', '_start:14', '_start:15']);
    const after = await at.client.ask<{ total: number }>('refault/faults', { start: 0, count: 0 });
    expect(after.total).toBeGreaterThan(before.total);
  });

  it('stepIn runs the kernel through, unless the user wants to go into it', async () => {
    const at = await toFunction(program('calls.s'), 'loop');
    expect(await steps(at, 'stepIn', 'stepIn')).toEqual(['_start:13', '_start:14']);
    await at.client.ask('evaluate', { expression: 'set step-into kernel', context: 'repl' });
    expect(await at.client.ask('refault/stepInto', {})).toEqual({ into: 'kernel' });
    expect(await steps(at, 'stepIn')).toEqual(['do_page_fault:3 < _start:14']);
  });

  it('stepIn goes into the kernel, through its paths, and out again', async () => {
    const at = await toFunction(program('calls.s'), 'loop');
    await at.client.ask('refault/stepInto', { into: 'kernel' });
    expect(await steps(at, 'stepIn', 'stepIn', 'next')).toEqual(['do_page_fault:3 < _start:12', 'do_page_fault:4 < _start:12', 'do_page_fault:5 < _start:12']);
    const kernel = ((await frames(at))[0] as Frame & { source: { sourceReference: number } }).source;
    const { content } = await at.client.ask<{ content: string }>('source', { sourceReference: kernel.sourceReference });
    expect(content.split('\n')[4]).toContain('find_vma');
    let inner = '';
    while (!inner.includes('handle_mm_fault')) [inner = ''] = await steps(at, 'stepIn');
    expect(inner).toMatch(/^handle_mm_fault:3 < do_page_fault:\d+ < _start:12$/);
    expect((await steps(at, 'stepOut'))[0]).toMatch(/^do_page_fault:\d+ < _start:12$/);
    expect(await steps(at, 'stepOut')).toEqual(['_start:12']);
    expect(await steps(at, 'next')).toEqual(['_start:13']);
  });

  it('a breakpoint in a listing stops before its step', async () => {
    const at = await toEntry(program('calls.s'));
    const { client, threadId } = at;
    const { sources } = await client.ask<{ sources: { name: string; sourceReference: number }[] }>('loadedSources');
    const listing = sources.find(({ name }) => name === 'filemap_nopage.kernel');
    const { breakpoints } = await client.ask<{ breakpoints: object[] }>('setBreakpoints', { source: listing, breakpoints: [{ line: 1 }, { line: 999 }] });
    expect(breakpoints).toMatchObject([{ verified: true, line: 3 }, { verified: false }]);
    await client.ask('continue', { threadId });
    expect((await stopped(client)).reason).toBe('breakpoint');
    expect(await where(at)).toMatch(/^filemap_nopage:3 < do_no_page:/);
  });

  it('next runs through the handler of a signal that arrives', async () => {
    // The alarm interrupts the store's wait for an SPE; its handler runs before the store is taken again.
    const at = await toFunction(example('retry.s'), 'touch');
    expect(await where(at)).toMatch(/:132$/);
    expect((await steps(at, 'next'))[0]).toMatch(/:133$/);
    expect(at.client.outputs()).toContain('The alarm is handled');
  });

  it('a handler has the interrupted code below it, and stepOut leads back there', async () => {
    const at = await toFunction(example('retry.s'), 'on_alarm');
    const stack = await frames(at);
    expect(stack.map(({ name }) => name)).toEqual([expect.stringContaining(''), '<signal handler called>', expect.stringContaining('')]);
    expect(stack.at(-1)?.line).toBe(132);
    expect((await steps(at, 'stepOut'))[0]).toMatch(/:132$/);
  });
});

describe('SPU code', () => {
  it('is stepped by line and by instruction, in its context', async () => {
    const at = await toFunction(example('retry.s'), 'count');
    expect(at.threadId).toBeGreaterThan(100_000);
    expect(await where(at)).toBe('count:174');
    await at.client.ask('setFunctionBreakpoints', { breakpoints: [] });
    expect(await steps(at, 'next', 'next', 'stepIn instruction')).toEqual(['count:175', 'count:174', 'count:175']);
  });
});
