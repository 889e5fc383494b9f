/** What hovers over an assembly source and over C show. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { cPrograms } from './conversations/cPrograms.ts';
import { example, stopped, topFrame } from './conversations/talk.ts';

const SOURCE = `_start: li      r3, 42
        li      r4, -2
        lis     r5, cell@ha
        addi    r5, r5, cell@l
        li      r6, 7
here:   lwz     r7, 0(r5)
        li      r0, 234
        sc
        .data
cell:   .long   0xabcd
bytes:  .byte   1, 2, 3, 4
`;

const SPU = `_start: il      $3, 5
        ila     $4, cell
here:   lqd     $5, 0($4)
        stop    0x2000
        .balign 16
cell:   .word   1, 2, 3, 4
`;

async function hovers(name: string, text: string, line: number): Promise<(expression: string) => Promise<string>> {
  const client = new DapClient({ files: { [name]: text } });
  onTestFinished(() => { client.dispose(); });
  await client.launch({ program: name }, () => client.ask('setBreakpoints', { source: { path: name }, breakpoints: [{ line }] }));
  const { threadId } = await stopped(client);
  const { id: frameId } = await topFrame(client, threadId);
  return async (expression) => (await client.ask<{ result: string }>('evaluate', { expression, frameId, context: 'hover' })).result;
}

describe('a hover', () => {
  it('shows a number in hexadecimal and decimal, and a small one once', async () => {
    const hover = await hovers('/p.s', SOURCE, 6);
    expect(await hover('$r3')).toBe('0x2a (42)');
    expect(await hover('$r4')).toBe('0xfffffffffffffffe (-2)');
    expect(await hover('$r6')).toBe('0x7');
  });

  it('shows an address with its symbol, and memory with where it is', async () => {
    const hover = await hovers('/p.s', SOURCE, 6);
    const address = await hover('$r5');
    expect(address).toMatch(/^0x[\da-f]+ <cell>$/);
    expect(await hover('cell')).toBe(address);
    expect(await hover('[$r5:u32]')).toBe(`0xabcd (43981) at ${address}`);
    expect(await hover('[bytes + 2:u8]')).toMatch(/^0x3 at 0x[\da-f]+ <bytes\+0x2>$/);
  });

  it('shows the quadword of an SPU\'s load', async () => {
    const hover = await hovers('/p.spu.s', SPU, 3);
    expect(await hover('$3')).toBe('{0x00000005 0x00000005 0x00000005 0x00000005}');
    expect(await hover('$3.w0')).toBe('0x5');
    expect(await hover('[($4) & 0x3fff0:u128]')).toMatch(/^\{0x00000001 0x00000002 0x00000003 0x00000004\} at 0x[\da-f]+ <cell>$/);
  });

  it('over the other processor\'s code shows no register of the selected frame', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    const source = { path: example('spe-dma.s') };
    await client.launch({ program: source.path }, () => client.ask('setBreakpoints', { source, breakpoints: [{ line: 91 }] }));
    const { threadId } = await stopped(client);
    const { id: frameId } = await topFrame(client, threadId);
    const at = async (line: number, context: string): Promise<string | undefined> => {
      const response = await client.request('evaluate', { expression: '$r8.w0', frameId, context, source, line });
      return response.success ? (response.body as { result: string }).result : response.message;
    };
    expect(await at(91, 'hover')).toBe('0x20 (32)');
    // A comment has no code of its own.
    expect(await at(63, 'hover')).toBe('0x20 (32)');
    expect(await at(24, 'hover')).toBe('This line is PowerPC code, and the selected frame is of an SPU program: select a frame of a task.');
    expect(await at(24, 'watch')).toBe('0x20');
  });
});

describe('names of C', () => {
  it('are proposed for one that nothing has, and sizes are in decimal', async () => {
    const client = new DapClient({ files: cPrograms() });
    onTestFinished(() => { client.dispose(); });
    await client.launch({ program: '/build/records/records' }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'area' }] }));
    const { threadId } = await stopped(client);
    const { stackFrames } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
    const frameId = stackFrames[1]?.id;
    const evaluated = async (expression: string): Promise<string | undefined> => {
      const response = await client.request('evaluate', { expression, frameId, context: 'watch' });
      return response.success ? (response.body as { result: string }).result : response.message;
    };
    expect(await evaluated('recrod')).toBe('Nothing here has the name "recrod": it is no variable, no register, no symbol and no field of a fault. Did you mean "record"?');
    expect(await evaluated('zzzz')).toMatch(/no variable, .* Texts stand in quotation marks\.$/);
    // The type has one size, which the C compiler gave it.
    expect(await evaluated('sizeof(struct record)')).toMatch(/^\d+$/);
    expect(await evaluated('sizeof(long)')).toBe('8');
  });
});
