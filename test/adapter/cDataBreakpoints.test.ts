/** Data breakpoints on variables in C: each on its own memory, with its own length. Sizes are those of test/guests/steps.c and records.c under the 64-bit PowerPC ABI. */
import { describe, expect, it } from 'vitest';
import { readGuest } from '../support/guests.ts';
import { cPrograms } from './conversations/cPrograms.ts';
import { scope } from './conversations/talk.ts';
import { type At, freshIn } from './stoppedIn.ts';

interface Info {
  readonly dataId: string | null;
  readonly description: string;
  readonly canPersist?: boolean;
}

function steps(): Promise<At> {
  return freshIn('/steps', { '/steps': readGuest('steps') }, 'main');
}

function records(): Promise<At> {
  return freshIn('/build/records/records', cPrograms(), 'visit');
}

async function named({ client, frameId }: At, name: string): Promise<Info> {
  return await client.ask<Info>('dataBreakpointInfo', { name, frameId });
}

function bytesOf({ dataId }: Info): number {
  return Number(dataId?.split('+')[1]);
}

describe('a data breakpoint on a variable in C', () => {
  it('watches a local from the view, stops when it is written, and is not for another run', async () => {
    const at = await steps();
    const { client, threadId, frameId } = at;
    const info = await client.ask<Info>('dataBreakpointInfo', { name: 'second', variablesReference: await scope(client, frameId, 'Locals') });
    expect([bytesOf(info), info.canPersist]).toEqual([4, false]);
    expect(await named(at, 'second')).toEqual(info);
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: info.dataId, accessType: 'write' }] });
    await client.ask('continue', { threadId });
    const { description } = await client.event<{ description: string }>('stopped');
    expect(description).toMatch(/write of 4 bytes .* is 0x00000028 now$/);
  });

  it('watches what expressions mean: members, elements before and behind, what pointers lead to, and pointers themselves', async () => {
    const at = await records();
    const sizes: Readonly<Record<string, number>> = {
      'first': 40, 'first.state': 4, 'first.name': 6, 'first.name[1]': 1, 'first.corners[1].y': 2, 'first.next': 8, '*first.next': 40, '&first.state': 4, 'first.corners': 8,
    };
    const found = await Promise.all(Object.keys(sizes).map(async (name) => [name, bytesOf(await named(at, name))] as const));
    const { result } = await at.client.ask<{ result: string }>('evaluate', { expression: 'sizeof(struct record)', frameId: at.frameId, context: 'watch' });
    expect(Object.fromEntries(found)).toEqual({ ...sizes, 'first': Number(result), '*first.next': Number(result) });
    expect((await named(at, 'first.state')).canPersist).toBe(true);
    expect((await named(at, 'first.corners[1]')).dataId).toBe((await named(at, '(&first.corners[1])[0]')).dataId);
  });

  it('watches the bytes that hold a bit-field', async () => {
    const info = await named(await records(), 'first.priority');
    expect(info.description).toMatch(/^1 byte at ea:\d+:0x[\da-f]+, with the bit-field in it$/);
  });

  it('stays at its memory when the function has returned', async () => {
    const at = await freshIn('/values', { '/values': readGuest('values') }, 'bump');
    const { client, threadId } = at;
    const [local, pointer, target] = [await named(at, 'local'), await named(at, 'at'), await named(at, '*(&local)')];
    expect([bytesOf(local), bytesOf(pointer), target.dataId]).toEqual([4, 8, local.dataId]);
    await client.ask('setFunctionBreakpoints', { breakpoints: [] });
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: local.dataId, accessType: 'write' }] });
    const said: string[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await client.ask('continue', { threadId });
      said.push((await client.event<{ description: string }>('stopped')).description);
    }
    // `local = by` and `*at += 1`, in both calls: the second has its frame where the first had it.
    expect(said.map((text) => Number((/0x[\da-f]{8}(?= now$|$)/.exec(text))?.[0]))).toEqual([0, 1, 1, 2]);
  });

  it('is refused for what is in no memory', async () => {
    const at = await records();
    for (const [name, sentence] of [['record', /^record is in a register here, or was computed: only what is in memory can be watched\.$/], ['nothing', /nothing/]] as const) {
      const { dataId, description } = await named(at, name);
      expect([name, dataId]).toEqual([name, null]);
      expect(description).toMatch(sentence);
    }
  });

  it('is refused in an inlined function for what the compiler has dropped there, and found in the function that it is in', async () => {
    const at = await freshIn('/build/records/records', cPrograms(), 'area');
    const { client, threadId, frameId } = at;
    const refusal = { dataId: null, description: 'The compiler keeps no place for corners here, so it cannot be watched.' };
    expect(await named(at, 'corners')).toEqual(refusal);
    expect(await client.ask<Info>('dataBreakpointInfo', { name: 'corners', variablesReference: await scope(client, frameId, 'Locals') })).toEqual(refusal);
    const { stackFrames } = await client.ask<{ stackFrames: { id: number; name: string }[] }>('stackTrace', { threadId });
    expect(stackFrames.slice(0, 2).map(({ name }) => name)).toEqual(['area', 'visit']);
    expect(bytesOf(await named({ ...at, frameId: stackFrames[1]?.id ?? 0 }, 'record->corners'))).toBe(8);
  });
});

describe('an array of a million elements', () => {
  it('says how many are not shown, and can be watched at any of them', async () => {
    const at = await freshIn('/sieve', { '/sieve': readGuest('sieve_O0') }, 'main');
    const { client, frameId } = at;
    const { variables } = await client.ask<{ variables: { name: string; variablesReference: number }[] }>('variables', { variablesReference: await scope(client, frameId, 'Globals') });
    const reference = variables.find(({ name }) => name === 's')?.variablesReference;
    const rows = async (args: object): Promise<{ name: string; value: string }[]> => (await client.ask<{ variables: { name: string; value: string }[] }>('variables', { variablesReference: reference, ...args })).variables;
    expect((await rows({})).slice(-2).map(({ name, value }) => [name, value])).toEqual([['[999]', expect.any(String)], ['...', '999001 more; an expression with an index shows one']]);
    expect((await rows({ filter: 'indexed', start: 0, count: 1000 })).at(-1)?.name).toBe('[999]');
    const info = await client.ask<Info>('dataBreakpointInfo', { name: '[500000]', variablesReference: reference });
    expect(bytesOf(info)).toBe(1);
    expect(info.dataId).toBe((await named(at, 's[500000]')).dataId);
  });
});

describe('expressions in C', () => {
  it('have elements before a pointer, bit-fields with their own bits, and floats with an exponent alone', async () => {
    const { client, frameId } = await records();
    const value = async (expression: string, hex = false): Promise<string> => (await client.ask<{ result: string }>('evaluate', { expression, frameId, context: 'watch', format: { hex } })).result;
    expect(await value('(&first.corners[1])[-1].x')).toBe('5');
    // -3 in nine bits.
    expect(await value('last.balance', true)).toBe('0x1fd');
    expect(await value('1e3')).toBe('1000.0');
  });

  it('refuse values that would lose bits', async () => {
    const { client, frameId } = await records();
    const set = async (expression: string, value: string): Promise<readonly [boolean, string]> => {
      const response = await client.request('setExpression', { expression, value, frameId });
      return [response.success, response.success ? (response.body as { value: string }).value : response.message ?? ''];
    };
    expect(await set('first.priority', '9')).toEqual([false, expect.stringContaining('9 does not fit into the 3 bits of this bit-field.')]);
    expect(await set('first.balance', '-256')).toEqual([true, '-256']);
    expect(await set('first.balance', '-257')).toEqual([false, expect.stringContaining('-257 does not fit into the 9 bits of this bit-field.')]);
    expect(await set('first.corners[0].x', '-1')).toEqual([true, '-1']);
    expect(await set('first.corners[0].x', '70000')).toEqual([false, expect.stringContaining('70000 does not fit into the 16 bits of this value.')]);
  });
});
