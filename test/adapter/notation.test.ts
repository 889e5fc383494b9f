/** What stands behind the comma of an expression: how its value is written. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { readGuest } from '../support/guests.ts';
import { type At, freshIn } from './stoppedIn.ts';

const ASSEMBLY = `
        .globl  _start
_start: lis     r9, message@ha
        addi    r9, r9, message@l
        li      r3, -2
        lis     r4, 0x5245
        ori     r4, r4, 0x5452
        lis     r10, floats@ha
        lfd     f1, floats@l(r10)
        vspltisw v1, -1
here:   nop
        li      r0, 234
        sc
        .data
        .balign 8
floats: .double -1.5
single: .float  0.25
message: .asciz "a \\"text\\"\\n"
`;

interface Shown {
  readonly result: string;
  readonly variablesReference: number;
}

async function shown({ client, frameId }: At, expression: string): Promise<string> {
  const response = await client.request('evaluate', { expression, frameId, context: 'watch' });
  return response.success ? (response.body as Shown).result : response.message ?? '';
}

async function inside({ client, frameId }: At, expression: string): Promise<readonly string[]> {
  const { variablesReference } = await client.ask<Shown>('evaluate', { expression, frameId, context: 'watch' });
  const { variables } = await client.ask<{ variables: { value: string }[] }>('variables', { variablesReference });
  return variables.map(({ value }) => value);
}

describe('a notation', () => {
  it('writes registers, memory and results of assembly', async () => {
    const at = await freshIn('/notation.s', { '/notation.s': ASSEMBLY }, 'here');
    expect(await shown(at, '$r3')).toBe('0xfffffffffffffffe');
    const expected = {
      '$r3,d': '-2', '$r3, u': '18446744073709551614', '$r3 + 5,d': '3', '[floats:4],d': '-1074266112', '$r3,o': '01777777777777777777776',
      '*(u8*)message,c': "'a'", '*(u8*)message,b': '0b1100001', '[single:4],f': '0.25', '[floats:8],f': '-1.5',
      '$f1': '-1.5', '$f1,x': '0xbff8000000000000', '$r4,c': "'\\000\\000\\000\\000RETR'", '$r9,s': '"a \\"text\\"\\n"', '0x10,s': 'no memory at this address', '$r4,x': '0x52455452',
      '$v1,d': '{-1 -1 -1 -1}', '$v1.h0,u': '65535',
    };
    const found = await Promise.all(Object.keys(expected).map(async (expression) => [expression, await shown(at, expression)] as const));
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('follows the preferred word of a register into the local store', async () => {
    const source = '_start: ila $3, words\n        ilhu $4, 0x3f80\nhere:   nop\n        stop 0x2000\nwords:  .asciz "local"\n';
    const at = await freshIn('/notation.spu.s', { '/notation.spu.s': source }, 'here');
    expect(await shown(at, '$3,s')).toBe('"local"');
    expect(await shown(at, '$4,f')).toBe('{1.0 1.0 1.0 1.0}');
    expect(await shown(at, '$4.w0,f')).toBe('1.0');
  });

  it('writes what is inside a value of C, at every depth', async () => {
    const at = await freshIn('/values', { '/values': readGuest('values') }, 'main');
    expect(await shown(at, 'word')).toBe('-3');
    expect(await shown(at, 'word,x')).toBe('0xfffffffd');
    expect(await inside(at, 'table,x')).toEqual(['0xa', '0x14', '0x1e', '0x28']);
    expect(await shown(at, 'table,x')).toBe('{0xa, 0x14, 0x1e, 0x28}');
    expect(await shown(at, 'wide,x')).toBe('0x4002000000000000');
    expect(await shown(at, 'tiny,b')).toBe('0b11111111');
  });

  it('stays when the value is set', async () => {
    const at = await freshIn('/notation.s', { '/notation.s': ASSEMBLY }, 'here');
    const { value } = await at.client.ask<{ value: string }>('setExpression', { expression: '$r3,d', value: '-7', frameId: at.frameId });
    expect(value).toBe('-7');
    expect(await shown(at, '$r3')).toBe('0xfffffffffffffff9');
  });

  it('may stand in the braces of a log message', async () => {
    const client = new DapClient({ files: { '/notation.s': ASSEMBLY } });
    onTestFinished(() => { client.dispose(); });
    await client.launch({ program: '/notation.s' }, async () => {
      await client.ask('setExceptionBreakpoints', { filters: [] });
      await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'here', logMessage: 'r3 {$r3,d}, {$r9,s}' }] });
    });
    await client.event('terminated');
    expect(client.outputs()).toContain('r3 -2, "a \\"text\\"\\n"\n');
  });

  it('that does not exist is refused with those that do', async () => {
    const at = await freshIn('/notation.s', { '/notation.s': ASSEMBLY }, 'here');
    expect(await shown(at, '$r3,q')).toBe('There is no notation "q"; behind the comma of an expression may stand x (hexadecimal), d (decimal), u (decimal without sign), o (octal), b (binary), c (characters), f (floating point), s (the text at an address).');
    const { breakpoints } = await at.client.ask<{ breakpoints: { verified: boolean; message?: string }[] }>('setFunctionBreakpoints', { breakpoints: [{ name: 'here', condition: '$r3,d' }] });
    expect(breakpoints[0]).toMatchObject({ verified: false });
  });
});
