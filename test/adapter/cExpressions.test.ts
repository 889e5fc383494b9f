/** Arithmetic and assignments of C in a frame of test/guests/values.c. What expressions are is what GCC makes of them for this processor (`_Generic` for the types, run on QEMU). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGuest } from '../support/guests.ts';
import { scope } from './conversations/talk.ts';
import { type At, freshIn, stoppedIn } from './stoppedIn.ts';

const VALUES = ['/values', { '/values': readGuest('values') }] as const;

/** Value and type, or the sentence of a refusal. */
async function value({ client, frameId }: At, expression: string): Promise<readonly [string, string] | string> {
  const response = await client.request('evaluate', { expression, frameId, context: 'watch' });
  if (!response.success) return response.message ?? '';
  const { result, type } = response.body as { result: string; type: string };
  return [result, type];
}

async function set({ client, frameId }: At, expression: string, given: string): Promise<string> {
  const response = await client.request('setExpression', { expression, value: given, frameId });
  return response.success ? (response.body as { value: string }).value : response.message ?? '';
}

describe('arithmetic in a frame of C', () => {
  let at: At;
  beforeAll(async () => { at = await stoppedIn(...VALUES, 'main'); });
  afterAll(() => { at.client.dispose(); });

  it.each([
    ['-3 / 2', '-1', 'int'], ['-3 % 2', '-1', 'int'], ['1 + 2', '3', 'int'], ['0x7fffffff + 1', '-2147483648', 'int'], ['0xffffffff + 1', '0', 'unsigned int'],
    ['2147483648 - 1', '2147483647', 'long'], ['-2147483648', '-2147483648', 'long'], ['5000000000 + 1', '5000000001', 'long'], ['~0', '-1', 'int'], ['1.5 * 2', '3', 'double'],
    ['1 << 31', '-2147483648', 'int'], ['-1 >> 1', '-1', 'int'], ['(long)1 << 40', '1099511627776', 'long'], ['word >> 1', '-2', 'int'], ['huge >> 60', '15', 'unsigned long'],
    ['word + 1', '-2', 'int'], ['word / 2', '-1', 'int'], ['word % 2', '-1', 'int'], ['word & 0xff', '253', 'int'], ['tiny + byte', '254', 'int'], ['byte + 1', '256', 'int'], ['~byte', '-256', 'int'],
    ['small * small', '4', 'int'], ['is_ready + 1', '1', 'int'], ['-count', '4294967295', 'unsigned int'], ['count - 2', '4294967295', 'unsigned int'], ['word + count', '4294967294', 'unsigned int'],
    ['big + word', '4999999997', 'long'], ['huge + 1', '0', 'unsigned long'], ['-huge', '1', 'unsigned long'],
    ['word < count', '0', 'int'], ['tiny < count', '0', 'int'], ['big < huge', '1', 'int'], ['word < big', '1', 'int'], ['huge > 0', '1', 'int'], ['table[1] == 20 && word < 0', '1', 'int'], ['!word', '0', 'int'],
    ['single * 2', '3', 'float'], ['single / 2', '0.75', 'float'], ['single + wide', '3.75', 'double'], ['wide * 2', '4.5', 'double'],
    ['flags.low - 6', '-1', 'int'], ['flags.middle + 1', '-2', 'int'], ['flags.wide - 8', '4294967295', 'unsigned int'],
    ['&table[3] - &table[1]', '2', 'long'], ['sizeof(big)', '8', 'unsigned long'], ['sizeof 1', '4', 'unsigned long'],
  ])('%s is %s, %s', async (expression, result, type) => {
    expect(await value(at, expression)).toEqual([result, type]);
  });

  it.each([
    ['1 << -1', '32 bits cannot be shifted by -1.'],
    ['word >> 32', '32 bits cannot be shifted by 32; cast the left side to a longer type, such as (long)1 << 40.'],
    ['big << 64', '64 bits cannot be shifted by 64.'],
    ['1 / 0', 'The expression divides by zero.'],
    ['word % is_ready', 'The expression divides by zero.'],
    ['~wide', 'Floating-point numbers have no operator ~.'],
  ])('%s is refused', async (expression, sentence) => {
    expect(await value(at, expression)).toBe(sentence);
  });

  it('leaves registers and addresses numbers of the machine, as wide as it has them', async () => {
    expect(await value(at, '($r1 | -1) + 0')).toEqual(['0xffffffffffffffff', 'u64']);
    expect(await value(at, '$r1 < 0 || $r1 > 0')).toEqual(['1', 'int']);
    const [address = ''] = await value(at, '&table[1]');
    expect(await value(at, `[${address} + 4:4]`)).toEqual(['0x1e', 'u32']);
    expect(await value(at, `*(u32*)(${address})`)).toEqual(['0x14', 'u32']);
    expect(await value(at, address)).toEqual([expect.stringMatching(/^0x[\da-f]+ <table\+0x4>$/), 'u64']);
    const { dataId } = await at.client.ask<{ dataId: string }>('dataBreakpointInfo', { name: `${address} + 4`, frameId: at.frameId, bytes: 4 });
    expect(dataId).toBe(`ea:1000:0x${(Number(address) + 4).toString(16)}+4`);
  });
});

describe('values of C that are set', () => {
  it('are refused where bits would be lost, and converted where C would', async () => {
    const at = await freshIn(...VALUES, 'main');
    expect(await set(at, 'byte', '300')).toContain('300 does not fit into the 8 bits of this value.');
    expect(await set(at, 'byte', '-1')).toBe("255 '\\377'");
    expect(await set(at, 'count', '-word - 4')).toBe('4294967295');
    expect(await set(at, 'word', '0xffffffff')).toBe('-1');
    expect(await set(at, 'big', '0x1_0000_0000_0000_0001')).toContain('does not fit into the 64 bits of this value.');
    expect(await set(at, 'word', '2.75')).toBe('2');
    expect(await set(at, 'wide', '3 / 2')).toBe('1');
    expect(await set(at, 'is_ready', '2')).toBe('true');
    expect(await set(at, '$f1', 'wide * 1.5')).toBe('1.5');
    expect(await set(at, '$r4', '-3 / 2')).toBe('0xffffffffffffffff');
  });

  it('are descriptors where a pointer to a function takes its name', async () => {
    const at = await freshIn(...VALUES, 'apply');
    const { client, threadId, frameId } = at;
    const { variables } = await client.ask<{ variables: { name: string; value: string }[] }>('variables', { variablesReference: await scope(client, frameId, 'Locals') });
    const work = variables.find(({ name }) => name === 'work')?.value;
    expect(work).toMatch(/^0x[\da-f]+ <twice>$/);
    expect(await value(at, 'work == twice')).toEqual(['1', 'int']);
    expect(await set(at, 'work', 'thrice')).toMatch(/^0x[\da-f]+ <thrice>$/);
    expect(await set(at, 'node.work', '&twice')).toBe(work);
    await client.ask('setFunctionBreakpoints', { breakpoints: [] });
    await client.ask('continue', { threadId });
    // thrice(5) + thrice(1) + bump(0) + bump(1) + thrice(1) + 255 - 1, in a byte.
    expect(await client.event('exited')).toEqual({ exitCode: (15 + 3 + 1 + 2 + 3 + 255 - 1) % 256 });
  });
});
