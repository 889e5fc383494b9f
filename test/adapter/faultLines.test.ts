/** Source lines with the outcomes of their faults. What has to come follows from the programs and the fault table of docs/facts.md, section 7. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultLinesResponse } from '../../src/adapter/protocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { example } from './conversations/talk.ts';

/** Line 12 writes to three fresh pages, line 13 makes two accesses, of which the first is served and the second is not allowed. */
const LINES = `_start: li      r0, 90
        li      r3, 0
        li      r4, 5 * 4096
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        sc
        mr      r31, r3
        li      r9, 3
        mtctr   r9
each:   stw     r9, 0(r31); addi r31, r31, 4096; bdnz each
        stw     r9, 0(r31); lwz r9, 16(0)
`;

async function ended(args: object, files: Readonly<Record<string, string>> = {}): Promise<FaultLinesResponse> {
  const client = new DapClient({ files });
  onTestFinished(() => { client.dispose(); });
  await client.launch({ ...args, noDebug: true });
  await client.event('exited');
  return await client.ask<FaultLinesResponse>('refault/faultLines');
}

describe('refault/faultLines', () => {
  it('has the outcomes of all instructions of a line in the order of time', async () => {
    const { total, files } = await ended({ program: '/lines.s' }, { '/lines.s': LINES });
    expect(files.map(({ source }) => source.path)).toEqual(['/lines.s']);
    const lines = files[0]?.lines ?? [];
    expect(total).toBe(lines.length);
    expect(lines.map(({ line, latest }) => [line, latest])).toEqual([
      [1, [{ outcome: 'MINOR', faults: 1 }]],
      [12, [{ outcome: 'MINOR', faults: 3 }]],
      [13, [{ outcome: 'MINOR', faults: 1 }, { outcome: 'SIGSEGV', faults: 1 }]],
    ]);
    expect(lines[1]?.newest.map(({ outcome, access, symbol }) => [outcome, access, symbol])).toEqual(Array(3).fill(['MINOR', 'write', 'each']));
    expect(lines[2]?.newest.map(({ outcome }) => outcome)).toEqual(['SIGSEGV', 'MINOR']);
  });

  it('shows the retry of an interrupted wait under a kernel that has it, and SIGBUS under one that has not', async () => {
    const touched = ({ files }: FaultLinesResponse): unknown => files.flatMap(({ lines }) => lines).find(({ newest }) => newest[0]?.mapping === '/spu/other/signal1')?.latest.map(({ outcome }) => outcome);
    expect(touched(await ended({ program: example('retry.s'), machine: { spes: 1 } }))).toEqual(['RETRY', 'MINOR']);
    expect(touched(await ended({ program: example('retry.s'), kernel: '2.6.18', machine: { spes: 1 } }))).toEqual(['SIGBUS']);
  });

  it('has the lines of SPU programs whose DMA faulted', async () => {
    const { files } = await ended({ program: example('spe-dma.s') });
    const dma = files.flatMap(({ lines }) => lines).filter(({ newest }) => newest.some(({ origin }) => origin === 'mfc'));
    expect(dma.length).toBeGreaterThan(0);
    for (const { line, newest } of dma) expect(new Set(newest.map((row) => row.line))).toEqual(new Set([line]));
  });

  it('is empty without a program', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.initialize();
    expect(await client.ask('refault/faultLines')).toEqual({ total: 0, files: [] });
  });
});
