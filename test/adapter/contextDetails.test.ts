/** Everything of one SPE context: values of the architecture's start state and of GDB's tables, in every format. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ContextDetails } from '../../src/adapter/protocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { example, stopped } from './conversations/talk.ts';

describe('refault/context', () => {
  let client: DapClient;
  const details = async (name: string, lanes = 'words', decimal = false): Promise<ContextDetails> => await client.ask('refault/context', { name, lanes, decimal });

  beforeAll(async () => {
    client = new DapClient();
    await client.launch({ program: example('retry.s'), machine: { spes: 1 } }, async () => { await client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }); });
    await stopped(client);
    return () => { client.dispose(); };
  });

  it('has registers in every format', async () => {
    const { threads } = await client.ask<{ threads: { id: number; name: string }[] }>('threads');
    const threadId = threads.find(({ name }) => name === '/spu/other')?.id ?? 0;
    const { stackFrames: [frame] } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
    for (const [lane, value] of ['0x3fc00000', '0xbf800000', '0x00010002', '0x400c0000'].entries()) {
      await client.ask('evaluate', { expression: `$r5.w${String(lane)} = ${value}`, frameId: frame?.id, context: 'repl' });
    }
    const r5 = async (lanes: string, decimal: boolean): Promise<string | undefined> => (await details('other', lanes, decimal)).registers.find(({ name }) => name === 'r5')?.value;
    expect(await r5('bytes', false)).toBe('3f c0 00 00 bf 80 00 00 00 01 00 02 40 0c 00 00');
    expect(await r5('halfwords', true)).toBe('16320 0 49024 0 1 2 16396 0');
    expect(await r5('words', false)).toBe('3fc00000 bf800000 00010002 400c0000');
    expect(await r5('doublewords', false)).toBe('3fc00000bf800000 00010002400c0000');
    expect((await r5('float', true))?.split(' ').slice(0, 2)).toEqual(['1.5', '-1.0']);
    expect((await details('other')).registers.filter(({ name }) => /^r\d+$/.test(name))).toHaveLength(128);
  });

  it('has channels with their counts: 16 free places in the MFC queue, empty mailboxes (facts 6.3)', async () => {
    const { channels } = await details('other');
    const counts = Object.fromEntries(channels.map(({ name, count }) => [name, count]));
    expect(counts).toMatchObject({ MFC_Cmd: 16, SPU_RdInMbox: 0, SPU_WrOutMbox: 1, SPU_WrOutIntrMbox: 1, SPU_RdSigNotify1: 0 });
    expect(channels.find(({ name }) => name === 'MFC_Cmd')?.number).toBe(21);
  });

  it('has the columns of GDB for both queues', async () => {
    const { dma, proxyDma } = await details('busy');
    expect(dma.columns).toEqual(['Opcode', 'Tag', 'TId', 'RId', 'EA', 'LSA', 'Size', 'LstAddr', 'LstSize', 'E']);
    expect(proxyDma.columns).toEqual(dma.columns);
  });

  it('says what is mapped, which PTEs are valid, and where it is', async () => {
    const { mapped, code, localStore } = await details('other');
    expect(mapped).toMatchObject([{ name: '/spu/other/signal1', valid: [] }]);
    expect(code.filter(({ isNext }) => isNext)).toHaveLength(1);
    expect(localStore).toBe('ls:other:0x0');
  });

  it('refuses a context that is not there', async () => {
    const response = await client.request('refault/context', { name: 'nobody', lanes: 'words', decimal: false });
    expect(response.message).toBe('There is no SPE context "nobody"; it may have been destroyed.');
  });
});
