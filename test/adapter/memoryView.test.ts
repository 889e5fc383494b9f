/** The memory view's requests: where an expression points, and where bytes occur, in each space. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FindMemoryResponse, MemoryPlaceResponse } from '../../src/adapter/memoryProtocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { stopped } from './conversations/talk.ts';

const SOURCE = `
        .globl  _start
_start: lis     r4, data@ha
        addi    r4, r4, data@l
        addi    r4, r4, 4
        nop
loop:   b       loop
        .data
        .balign 4096
data:   .long   0xdeadbeef, 7, -1
text:   .asciz  "h\\303\\244lt"
        .space  8192
again:  .long   0xdeadbeef
`;

describe('the memory view', () => {
  let client: DapClient;
  let threadId: number;
  let tid: number;

  const place = async (expression: string): Promise<MemoryPlaceResponse> => await client.ask('refault/memoryPlace', { expression, threadId });
  const find = async (memoryReference: string, form: string, pattern: string): Promise<FindMemoryResponse> => await client.ask('refault/findMemory', { memoryReference, form, pattern });

  beforeAll(async () => {
    client = new DapClient({ files: { '/memory.s': SOURCE } });
    await client.launch({ program: '/memory.s', stopOnEntry: true });
    ({ threadId } = await stopped(client));
    tid = threadId;
    return () => { client.dispose(); };
  });

  it('takes references, symbols, registers and an expression in a space', async () => {
    const data = await place('data');
    expect(data.memoryReference).toBe(`ea:${String(tid)}:0x${data.address.toString(16)}`);
    expect(data.address % 4096).toBe(0);
    expect(await place(`ea:${String(tid)}:0x1234`)).toEqual({ memoryReference: `ea:${String(tid)}:0x1234`, address: 0x1234 });
    expect(await place('pa:0x100 + 8')).toEqual({ memoryReference: 'pa:0x108', address: 0x108 });
    expect(await place('ea:0x1234')).toEqual({ memoryReference: `ea:${String(tid)}:0x1234`, address: 0x1234 });
    expect((await client.request('refault/memoryPlace', { expression: 'ls:0', threadId })).message).toContain('has no local store: name an SPE context');
    const gone = await client.request('refault/memoryPlace', { expression: 'ls:nobody:0', threadId });
    expect(gone.message).toContain('its task or SPE context has ended');
    expect((await client.request('refault/memoryPlace', { expression: 'nothing_here', threadId })).message).toContain('nothing_here');
  });

  it('follows a register from step to step', async () => {
    const data = await place('data');
    for (let step = 0; step < 3; step += 1) {
      await client.ask('next', { threadId, granularity: 'instruction' });
      await stopped(client);
      if (step === 1) expect((await place('$r4')).address).toBe(data.address);
      if (step === 2) expect((await place('$r4')).address).toBe(data.address + 4);
    }
  });

  it('finds bytes, texts and words, and goes round', async () => {
    const { address, memoryReference } = await place('data');
    const { address: again } = await place('again');
    expect(await find(memoryReference, 'words', '0xdeadbeef 7 -1')).toEqual({ memoryReference, address, length: 12 });
    expect((await find(`ea:${String(tid)}:0x${(address + 1).toString(16)}`, 'bytes', 'de ad be ef')).address).toBe(again);
    expect((await find(`ea:${String(tid)}:0x${(again + 1).toString(16)}`, 'bytes', 'deadbeef00000007')).address).toBe(address);
    expect((await find(memoryReference, 'text', 'hält')).address).toBe(address + 12);
    expect(await find(memoryReference, 'bytes', '0123456789abcdef')).toEqual({ length: 8 });
  });

  it('finds what lies across two pieces of the work, and lets a search be taken back', async () => {
    const write = async (address: number): Promise<void> => { await client.ask('writeMemory', { memoryReference: `pa:0x${address.toString(16)}`, data: Buffer.from('over the edge').toString('base64') }); };
    const start = 0x100_0000;
    await write(start + 2 ** 22 - 5);
    expect((await find(`pa:0x${start.toString(16)}`, 'text', 'over the edge')).address).toBe(start + 2 ** 22 - 5);
    const seq = client.send('refault/findMemory', { memoryReference: 'pa:0x0', form: 'text', pattern: 'is not there' });
    await client.ask('cancel', { requestId: seq });
    const answer = await client.responseTo(seq);
    expect([answer.success, answer.message]).toEqual([false, 'cancelled']);
  });

  it('says what is no pattern', async () => {
    for (const [form, pattern, why] of [['bytes', 'abc', /two hexadecimal digits/], ['words', '0x1ffffffff', /no word of 32 bits/], ['text', '', /nothing to search for/]] as const) {
      const response = await client.request('refault/findMemory', { memoryReference: `ea:${String(tid)}:0`, form, pattern });
      expect(response.message).toMatch(why);
    }
  });
});
