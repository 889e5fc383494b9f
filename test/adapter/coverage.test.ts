/** Which lines ran, read off the sources by hand. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CoverageResponse } from '../../src/adapter/protocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { stopped } from './conversations/talk.ts';

const BRANCHES = `        .macro  address register, symbol
        lis     \\register, \\symbol@ha
        addi    \\register, \\register, \\symbol@l
        .endm
        .text
        .globl  _start
_start: li      r3, 1
        cmpwi   r3, 1
        beq     taken
        li      r4, 2
never:  li      r4, 3
taken:  address r9, cell
        lwz     r5, 0(r9)
        li      r0, 234
        li      r3, 0
        sc
        .data
cell:   .long   7
`;

const SPU = `_start: il      $3, 1
        brnz    $3, over
        il      $3, 2
over:   stop    0x2000
`;

const CRASH = `        .text
        .globl  _start
_start: li      r9, 0
        stw     r9, 0(r9)
        li      r3, 0
`;

function newClient(text: string, name: string): DapClient {
  const client = new DapClient({ files: { [name]: text } });
  onTestFinished(() => { client.dispose(); });
  return client;
}

async function coverage(client: DapClient): Promise<CoverageResponse> {
  return await client.ask<CoverageResponse>('refault/coverage');
}

/** Lines of the one file, those that ran and those that did not. */
async function lines(client: DapClient): Promise<{ readonly ran: number[]; readonly not: number[] }> {
  const { files } = await coverage(client);
  expect(files).toHaveLength(1);
  const all = files[0]?.lines ?? [];
  return { ran: all.filter(({ ran }) => ran > 0).map(({ line }) => line), not: all.filter(({ ran }) => ran === 0).map(({ line }) => line) };
}

describe('coverage', () => {
  it('tells lines that ran from those that were jumped over, and leaves data out', async () => {
    const client = newClient(BRANCHES, '/p.s');
    await client.launch({ program: '/p.s', noDebug: true });
    await client.event('terminated');
    const { ran, not } = await lines(client);
    expect(ran).toEqual(expect.arrayContaining([7, 8, 9, 13, 14, 15, 16]));
    expect(not).toEqual([10, 11]);
    expect(ran).not.toContain(18);
  });

  it('counts the instructions of a line, at a stop too: a breakpoint\'s line has not run', async () => {
    const client = newClient(BRANCHES, '/p.s');
    await client.launch({ program: '/p.s' }, () => client.ask('setBreakpoints', { source: { path: '/p.s' }, breakpoints: [{ line: 14 }] }));
    const { threadId } = await stopped(client);
    const before = await lines(client);
    expect(before.ran).toContain(13);
    expect(before.not).toEqual([10, 11, 14, 15, 16]);
    await client.ask('continue', { threadId });
    await client.event('terminated');
    expect((await lines(client)).not).toEqual([10, 11]);
  });

  it('has the lines of an SPU program', async () => {
    const client = newClient(SPU, '/p.spu.s');
    await client.launch({ program: '/p.spu.s', noDebug: true });
    await client.event('terminated');
    expect(await lines(client)).toEqual({ ran: [1, 2, 4], not: [3] });
  });

  it('counts an instruction that was begun and killed the program', async () => {
    const client = newClient(CRASH, '/p.s');
    await client.launch({ program: '/p.s', noDebug: true });
    await client.event('terminated');
    expect(await lines(client)).toEqual({ ran: [3, 4], not: [5] });
  });

  it('is empty without a program', async () => {
    const client = newClient(CRASH, '/p.s');
    await client.initialize();
    expect(await coverage(client)).toEqual({ files: [] });
  });
});
