/** What a source names that the debugger can show. Widths are those of the Power ISA and the SPU ISA. */
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../src/adapter/evaluate/parse.ts';
import { blockAround, evaluableAt, registersOf } from '../../src/language/evaluables.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';

const MNEMONICS = newMnemonics();
const analysed = (text: string, path: string): SourceAnalysis => new SourceAnalysis(path, text, MNEMONICS, { text: () => undefined, bytes: () => undefined });

/** What is at `|`, as `text: expression`. */
function at(marked: string, path = 'test.s'): string | undefined {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const analysis = analysed(marked.replace('|', ''), path);
  const found = evaluableAt(analysis, { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
  if (!found) return undefined;
  expect(() => parseExpression(found.expression)).not.toThrow();
  const { line, start, end } = found.span;
  return `${(analysis.lines[line - 1] ?? '').slice(start - 1, end - 1)}: ${found.expression}`;
}

describe('what a debugger can show', () => {
  it.each([
    [' add |r3, r4, r5', 'r3: $r3'],
    [' add r3, r4, r|5', 'r5: $r5'],
    [' addi |1, 1, 16', '1: $r1'],
    [' fadd f1, |f2, f3', 'f2: $f2'],
    [' vaddubm v1, v2, v|3', 'v3: $v3'],
    [' cmpwi |cr6, r3, 5', 'cr6: $cr6'],
    [' lwz r3, 8(|sp)', 'sp: $r1'],
    [' mr r3, %|r4', '%r4: $r4'],
  ])('%s is a register', (text, found) => expect(at(text)).toBe(found));

  it.each([
    [' lbz r3, |8(r4)', '8(r4): [$r4 + 8:u8]'],
    [' lha r3, -|2(r4)', '-2(r4): [$r4 + -2:s16]'],
    [' stw r3, 0|(r4)', '0(r4): [$r4:u32]'],
    [' std r3, |16(0)', '16(0): [16:u64]'],
    [' ldu r3, |8(r4)', '8(r4): [$r4 + 8:u64]'],
    [' lfs f3, |8(r4)', '8(r4): [$r4 + 8:f32]'],
    [' stfd f3, |8(4)', '8(4): [$r4 + 8:f64]'],
    [' .equ FIELD, 12\n lwz r3, |FIELD(r4)', 'FIELD(r4): [$r4 + 12:u32]'],
    [' .equ FIELD, 12\n lwz r3, |FIELD+4(r4)', 'FIELD+4(r4): [$r4 + 16:u32]'],
    [' lwz r3, x@l|(r4)\nx: .long 1', 'x@l(r4): [$r4 + (((x) & 0xffff ^ 0x8000) - 0x8000):u32]'],
  ])('%s is memory', (text, found) => expect(at(text)).toBe(found));

  it.each([
    [' lis r3, |x@ha\n .data\nx: .long 1', 'x: [x:u32]'],
    [' lis r3, x@|ha\n .data\nx: .quad 1', 'x@ha: [x:u64]'],
    [' lis r3, |x@ha\n .data\nx:\n .byte 1', 'x: [x:u8]'],
    [' lis r3, |x@ha\n .data\nx: .double 1.5', 'x: [x:f64]'],
    [' lis r3, |x@ha\n .data\nx: .word 1', 'x: [x:u16]'],
    [' lis r3, |x@ha\n .data\nx: .asciz "a"', 'x: x'],
    [' b |next\nnext: nop', 'next: next'],
    ['|next: nop', 'next: next'],
    [' bl |elsewhere', 'elsewhere: elsewhere'],
  ])('%s is a symbol', (text, found) => expect(at(text)).toBe(found));

  it.each([' |add r3, r4, r5', ' li r3, |17', ' .equ SIZE, 8\n li r3, |SIZE', ' .se|ction .text', ' b |1f\n1: nop', ' sc # |r3', ' .asciz "|r3"'])(
    '%s is nothing', (text) => expect(at(text)).toBeUndefined(),
  );

  it.each([
    [' a $3, |$4, $5', '$4: $4'],
    [' ai |$sp, $sp, 16', '$sp: $1'],
    [' lqd $3, |32($4)', '32($4): [($4 + 32) & 0x3fff0:u128]'],
    [' lqd $3, |0($4)', '0($4): [($4) & 0x3fff0:u128]'],
    [' stqd $3, 0(|$lr)', '$lr: $0'],
    [' ila $3, |x\nx: .word 1', 'x: [x:u32]'],
  ])('%s of an SPU is one', (text, found) => expect(at(text, 'test.spu.s')).toBe(found));

  it('are no channels', () => expect(at(' wrch |$ch21, $5', 'test.spu.s')).toBeUndefined());

  it('are the registers of the arguments of a macro', () => {
    expect(at(' .macro put register, symbol\n lis \\register, \\symbol@ha\n .endm\n put |r9, x\nx: .long 1')).toBe('r9: $r9');
    expect(at(' .macro put register, symbol\n lis \\register, \\symbol@ha\n .endm\n put r9, |x\nx: .long 1')).toBe('x: [x:u32]');
  });
});

describe('the registers of a statement', () => {
  const registers = (text: string, path = 'test.s'): string[] => {
    const analysis = analysed(text, path);
    return analysis.statements.flatMap((statement) => registersOf(analysis, statement)).map(({ short }) => short);
  };

  it('are those of its operands, in order', () => {
    expect(registers('_start: stw r9, 8(r31); mr r3, r4')).toEqual(['$r9', '$r31', '$r3', '$r4']);
    expect(registers(' li r3, 4\n .long r3\n sc')).toEqual(['$r3']);
    expect(registers(' mfspr r3, lr')).toEqual(['$r3', '$lr']);
  });

  it('are short for an SPU: the preferred word', () => expect(registers(' a $3, $4, $5', 'test.spu.s')).toEqual(['$3.w0', '$4.w0', '$5.w0']));
});

describe('the block around a line', () => {
  const SOURCE = 'one: nop\n nop\ntwo: li r3, 1\n1: addi r3, r3, 1\n.Lin: bdnz 1b\n sc\nthree: nop\n';

  it('begins at the label above it that is not one of the inside', () => {
    const analysis = analysed(SOURCE, 'test.s');
    const linesAt = (line: number): number[] => blockAround(analysis, line).map(({ place }) => place.line);
    expect(linesAt(6)).toEqual([3, 4, 5, 6]);
    expect(linesAt(2)).toEqual([1, 2]);
    expect(linesAt(7)).toEqual([3, 4, 5, 6, 7]);
    expect(linesAt(1)).toEqual([1]);
  });

  it('does not reach into another program', () => {
    const analysis = analysed('_start: nop\n sc\n .section .spu.w, "ax"\n il $3, 1\n stop\n', 'test.s');
    expect(blockAround(analysis, 5).map(({ place }) => place.line)).toEqual([4, 5]);
  });
});
