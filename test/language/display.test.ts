/** Meanings of words and encodings of lines. The bytes are those of the Power ISA: li is addi from 0, nop is ori 0,0,0. */
import { describe, expect, it } from 'vitest';
import { encodingsOf } from '../../src/language/encodings.ts';
import { semanticTokens } from '../../src/language/semanticTokens.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';

const MNEMONICS = newMnemonics();
const analysed = (text: string, path = 'test.s'): SourceAnalysis => new SourceAnalysis(path, text, MNEMONICS, { text: () => undefined, bytes: () => undefined });

function meanings(text: string, path?: string, first?: number, last?: number): string[] {
  const analysis = analysed(text, path);
  return semanticTokens(analysis, first, last).map(({ span, type, modifiers }) =>
    [`${String(span.line)} ${analysis.lines[span.line - 1]?.slice(span.start - 1, span.end - 1) ?? ''}`, type, ...modifiers].join(' '));
}

describe('meanings of words', () => {
  it('tells labels, instructions, registers, numbers and parts of addresses apart', () => {
    expect(meanings('_start: lis r3, table@ha # table\n addi r3, r3, 0x10\ntable: .long _start\n')).toEqual([
      '1 _start label declaration', '1 lis function defaultLibrary', '1 r3 variable defaultLibrary', '1 table label', '1 @ha operator',
      '2 addi function defaultLibrary', '2 r3 variable defaultLibrary', '2 r3 variable defaultLibrary', '2 0x10 number',
      '3 table label declaration', '3 .long keyword', '3 _start label',
    ]);
  });

  it('knows constants, macros and their parameters', () => {
    expect(meanings(' .equ SIZE, 4\nother = SIZE\n.macro load reg, size=1\n li \\reg, \\size + \\wrong\n.endm\n load r3, SIZE\n')).toEqual([
      '1 .equ keyword', '1 SIZE variable declaration readonly', '1 4 number', '2 other variable declaration readonly', '2 SIZE variable readonly',
      '3 .macro keyword', '3 load macro declaration', '3 reg parameter declaration', '3 size parameter declaration', '3 1 number',
      '4 li function defaultLibrary', '4 \\reg parameter', '4 \\size parameter', '5 .endm keyword',
      '6 load macro', '6 r3 variable defaultLibrary', '6 SIZE variable readonly',
    ]);
  });

  it('takes the instruction set of the section, and gives unknown words no meaning', () => {
    expect(meanings(' lqd $3, 0($1)\n lwz $3, nothing', 'one.spu.s')).toEqual([
      '1 lqd function defaultLibrary', '1 $3 variable defaultLibrary', '1 0 number', '1 $1 variable defaultLibrary', '2 $3 variable defaultLibrary',
    ]);
  });

  it('answers for a range', () => expect(meanings(' nop\n sc\n nop\n', undefined, 2, 2)).toEqual(['2 sc function defaultLibrary']));
});

describe('encodings of lines', () => {
  it('has address and bytes of each line in the range', () => {
    expect(encodingsOf(analysed('_start: li r3, 1\n sc\n\n nop\n'), 1, 3)).toEqual([
      { line: 1, address: 0x10000000, bytes: '38 60 00 01', more: false }, { line: 2, address: 0x10000004, bytes: '44 00 00 02', more: false },
    ]);
  });

  it('shows the first eight bytes of longer ones, and macros at their call', () => {
    expect(encodingsOf(analysed('.macro three\n nop\n nop\n nop\n.endm\n_start: three\n .data\n .byte 1, 2\n'), 1, 9).map(({ line, bytes, more }) => [line, bytes, more]))
      .toEqual([[6, '60 00 00 00 60 00 00 00', true], [8, '01 02', false]]);
  });

  it('is empty while there are mistakes', () => expect(encodingsOf(analysed('_start: lii r3, 1\n'), 1, 1)).toEqual([]));
});
