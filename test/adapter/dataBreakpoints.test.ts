/** Data breakpoints: on effective, local-store and physical addresses, for PPE, kernel, DMA and SPU accesses. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { program } from './conversations/talk.ts';

interface Stop {
  readonly reason: string;
  readonly description: string;
  readonly threadId: number;
  readonly hitBreakpointIds?: readonly number[];
}

interface Wanted {
  readonly dataId: string;
  readonly accessType: 'read' | 'write' | 'readWrite';
  readonly condition?: string;
  readonly hitCondition?: string;
}

const CELL = 'ea:1000:0x10020000+4';

function newClient(): DapClient {
  const client = new DapClient();
  onTestFinished(() => { client.dispose(); });
  return client;
}

/** Runs to the end; answers what each stop said. */
async function accesses(wanted: readonly Wanted[], whenStopped: (client: DapClient, stop: Stop) => Promise<void> = () => Promise.resolve()): Promise<string[]> {
  const client = newClient();
  const said: string[] = [];
  await client.launch({ program: program('watched.s') }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    const { breakpoints } = await client.ask<{ breakpoints: { verified: boolean }[] }>('setDataBreakpoints', { breakpoints: wanted });
    expect(breakpoints.every(({ verified }) => verified)).toBe(true);
  });
  for (;;) {
    const event = await Promise.race([client.event<Stop>('stopped'), client.event('terminated').then(() => undefined)]);
    if (event === undefined) return said;
    expect(event.reason).toBe('data breakpoint');
    expect(event.hitBreakpointIds?.length).toBeGreaterThan(0);
    said.push(event.description);
    await whenStopped(client, event);
    await client.ask('continue', { threadId: event.threadId });
  }
}

describe('a data breakpoint on memory of the program', () => {
  it('stops on writes by the PPE, the kernel and an MFC, and on nothing else', async () => {
    expect(await accesses([{ dataId: CELL, accessType: 'write' }])).toEqual([
      'Paused on a write of 4 bytes at 0x10020000 by store: 0x00000001 is 0x00000007 now',
      'Paused on a write of 1 byte at 0x10020003 by byte: 0x00000007 is 0x00000011 now',
      'Paused on a write of 4 bytes at 0x10020000 by the kernel, for kernel: 0x00000011 is 0x00000000 now',
      expect.stringMatching(/^Paused on a write of 16 bytes at 0x10020000 by the MFC; its SPU is at .*: 0x00000000 is 0x00000005 now$/),
    ]);
  });

  it('stops on reads', async () => {
    expect(await accesses([{ dataId: CELL, accessType: 'read' }])).toEqual([
      'Paused on a read of 4 bytes at 0x10020000 by load: 0x00000001',
      expect.stringMatching(/^Paused on a read of 16 bytes at 0x10020000 by the MFC; its SPU is at .*: 0x00000005$/),
    ]);
  });

  it('takes conditions and hit counts', async () => {
    expect(await accesses([{ dataId: CELL, accessType: 'readWrite', condition: '[cell:4] == 0x11' }])).toEqual([expect.stringContaining('0x10020003 by byte')]);
    expect(await accesses([{ dataId: CELL, accessType: 'write', hitCondition: '2' }])).toEqual([expect.stringContaining('0x10020003 by byte')]);
  });

  it('stops behind the instruction that made the access, with its thread', async () => {
    const lines: string[] = [];
    await accesses([{ dataId: CELL, accessType: 'write', hitCondition: '<= 2' }], async (client, { threadId }) => {
      const { stackFrames: [frame] } = await client.ask<{ stackFrames: { name: string; line: number }[] }>('stackTrace', { threadId });
      lines.push(`${frame?.name ?? ''}:${String(frame?.line)}`);
    });
    // The lines behind the two stores.
    expect(lines).toEqual(['_start:25', '_start:28']);
  });

  it('is found by physical address too', async () => {
    const client = newClient();
    await client.launch({ program: program('watched.s') }, async () => {
      await client.ask('setExceptionBreakpoints', { filters: [] });
      await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'store' }] });
    });
    const { threadId } = await client.event<Stop>('stopped');
    const physical = await physicalOf(client, 0x00000001_00000007n);
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: `pa:0x${physical.toString(16)}+4`, accessType: 'write' }] });
    await client.ask('continue', { threadId });
    expect((await client.event<Stop>('stopped')).description).toBe(`Paused on a write of 4 bytes at 0x${physical.toString(16)} by store: 0x00000001 is 0x00000007 now`);
  });
});

/** Where in RAM a doubleword is that is there but once: as a debugger finds what it cannot translate. */
async function physicalOf(client: DapClient, value: bigint): Promise<number> {
  const bytes = 1 << 20;
  for (let at = 0; at < 256 << 20; at += bytes) {
    const { data = '' } = await client.ask<{ data?: string }>('readMemory', { memoryReference: `pa:0x${at.toString(16)}`, count: bytes });
    const memory = Buffer.from(data, 'base64');
    const wanted = Buffer.alloc(8);
    wanted.writeBigUInt64BE(value);
    const found = memory.indexOf(wanted);
    if (found >= 0) return at + found;
  }
  throw new Error('The doubleword is nowhere.');
}

describe('a data breakpoint on a local store', () => {
  const WORD = 'ls:worker:0x1000+4';

  it('stops on changes by the SPU and on writes by DMA, also when the context is still to come', async () => {
    expect(await accesses([{ dataId: WORD, accessType: 'write' }])).toEqual([
      'Paused on a write of 4 bytes at 0x1000 by change: 0x00000000 is 0x00000005 now',
      expect.stringMatching(/^Paused on a write of 16 bytes at 0x1000 by the MFC; its SPU is at .*: 0x00000005$/),
    ]);
  });

  it('stops on loads of the SPU and reads by DMA', async () => {
    expect(await accesses([{ dataId: WORD, accessType: 'read' }])).toEqual([
      'Paused on a read of 4 bytes at 0x1000 by keep: 0x00000000',
      expect.stringMatching(/^Paused on a read of 16 bytes at 0x1000 by the MFC; its SPU is at .*: 0x00000005$/),
    ]);
  });
});

describe('what a data breakpoint would watch', () => {
  it('is found for symbols, memory, registers, addresses and variables', async () => {
    const client = newClient();
    await client.launch({ program: program('watched.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'load' }] }));
    const { threadId } = await client.event<Stop>('stopped');
    const info = async (args: object): Promise<unknown> => (await client.ask<{ dataId: unknown }>('dataBreakpointInfo', args)).dataId;
    const { stackFrames: [frame] } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
    const frameId = frame?.id;
    expect(await info({ name: 'cell', frameId })).toBe('ea:1000:0x10020000+8');
    expect(await info({ name: '[cell:2]', frameId })).toBe('ea:1000:0x10020000+2');
    expect(await info({ name: '$r9', frameId, bytes: 4 })).toBe(CELL);
    expect(await info({ name: '0x10020004', asAddress: true, bytes: 16 })).toBe('ea:1000:0x10020004+16');
    expect(await info({ name: 'ls:worker:0x1000', bytes: 4 })).toBe('ls:worker:0x1000+4');
    const { scopes: [general] } = await client.ask<{ scopes: { variablesReference: number }[] }>('scopes', { frameId });
    expect(await info({ variablesReference: general?.variablesReference, name: 'r9', bytes: 4 })).toBe(CELL);
    expect(await info({ variablesReference: general?.variablesReference, name: 'r4' })).toBeNull();
    for (const name of ['$r4', 'nothing', '1 +']) {
      const { dataId, description } = await client.ask<{ dataId: unknown; description: string }>('dataBreakpointInfo', { name, frameId });
      expect(dataId).toBeNull();
      expect(description).toMatch(/\.$/);
    }
    const { breakpoints } = await client.ask<{ breakpoints: { verified: boolean; message: string }[] }>('setDataBreakpoints', { breakpoints: [{ dataId: 'somewhere' }] });
    expect(breakpoints[0]).toMatchObject({ verified: false, message: expect.stringContaining('names no bytes') as string });
  });
});
