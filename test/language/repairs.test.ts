/** Each repair mends the mistake that it is offered for, and brings no other. */
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../src/language/diagnostics.ts';
import { changedText } from '../../src/language/rename.ts';
import { repairsOf } from '../../src/language/repairs.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';

const MNEMONICS = newMnemonics();
const analysed = (text: string, path = 'test.s'): SourceAnalysis => new SourceAnalysis(path, text, MNEMONICS, { text: () => undefined, bytes: () => undefined });

/** The source after each repair of its only mistake. */
function repaired(text: string, path?: string): string[] {
  const analysis = analysed(text, path);
  const [diagnostic, ...others] = diagnosticsOf(analysis);
  if (!diagnostic || others.length > 0) throw new Error('One mistake is wanted.');
  return repairsOf(analysis, diagnostic).map(({ changes }) => changedText(analysis, changes));
}

const SPU = '_start: nop\n .section .spu.one, "ax"\n';

describe('repairs', () => {
  it.each([
    ['a hint that means nothing', '_start: add+ r3, r3, r3\n'],
    ['a macro without an end', '_start: nop\n.macro push\n nop\n'],
    ['a repetition without an end', '_start: nop\n.rept 2\n nop'],
    ['a condition without an end', '_start: nop\n.if 1\n nop\n'],
    ['a comment without an end', '_start: nop /* one\n two\n'],
    ['an SPU instruction in PowerPC code', '_start: nop\n lqd $3, 0($1)\n'],
    ['a PowerPC instruction in SPU code', `${SPU} il $3, 1\n lwz r3, 0(r1)\n`],
    ['PowerPC arithmetic in SPU code', `${SPU} add r3, r4, sp # sum\n`],
    ['SPU arithmetic in PowerPC code', '_start: nop\n ai $3, $4, -1\n'],
    ['a program without code', ' .data\n .long 1\n'],
    ['no program at all', ''],
    ['r0 as a base', '_start: lwz r3, 8(r0) # low\n'],
    ['r0 as an index register\'s base', '_start: lwzx r3, %r0, r4\n'],
    ['r0 as the source of addi', '_start: addi r3, r0, 5\n'],
    ['a program without a start', '        nop\nmore:   blr\n'],
    ['a branch to a label that is not there', '_start: bl helper'],
    ['data that is not there', '_start: lis r3, table@ha\n'],
    ['a branch of the SPU to a label that is not there', `${SPU} br there\n`],
    ['data of the SPU that is not there', `${SPU} ila $3, table\n`],
    ['a label that is not there in an SPU file', ' br there\n', 'one.spu.s'],
    ['PowerPC data that SPU code names', `${SPU} ilhu $3, table@ppu@h\n`.replace('table@ppu@h', '(table@ppu)@h')],
    ['an address in lis', '_start: lis r3, _start\n'],
    ['an address in addi', '_start: addi r3, r3, _start + 4 # one\n'],
    ['an address as displacement', '_start: lwz r3, _start+4(r4)\n'],
    ['a number too wide for li', '_start: li r3, 0x12345678 # one\n'],
    ['a sum too wide for li', ' .equ SIZE, 40000\n_start: li r3, SIZE + 1\n'],
    ['a number too wide for il', `${SPU} il $3, 70000\n`],
    ['a number too wide for ila', `${SPU} il $3, 0x12345678\n`],
  ])('mend %s', (_, text, path?: string) => {
    const texts = repaired(text, path);
    expect(texts).not.toEqual([]);
    for (const mended of texts) expect(diagnosticsOf(analysed(mended, path)), mended).toEqual([]);
  });

  it('load the same number in two instructions', () => {
    expect(repaired('_start: li r3, 0x12345678 # one\n')).toEqual(['_start: lis     r3, 0x12345678@h\n        ori     r3, r3, 0x12345678@l # one\n']);
    expect(repaired(`${SPU} il $3, 70000\n`)[0]).toBe(`${SPU} ila $3, 70000\n`);
  });

  it.each([
    [`${SPU} subf r3, r4, r5`, ' sf      $3, $4, $5'],
    [`${SPU} sub r3, r4, r5`, ' sf      $3, $5, $4'],
    [`${SPU} blr`, ' bi      $lr'],
    [`${SPU} bl _start@ppu`, ' brsl    $lr, _start@ppu'],
    [`${SPU} li r3, -5`, ' il      $3, -5'],
    ['_start: bi $lr', ' blr'],
    ['_start: bi $0', ' blr'],
    ['_start: brsl $0, _start', ' bl      _start'],
    ['_start: iohl $3, 0x1234', ' ori     r3, r3, 0x1234'],
    ['_start: sfi $3, $4, 0', ' subfic  r3, r4, 0'],
  ])('know the same instruction of the section\'s processor: %s', (text, mended) => {
    expect(repaired(text)[0]?.split('\n').at(-1)).toBe(text.split('\n').at(-1)?.replace(/^(_start:)? .*/, `$1${mended}`));
  });

  it.each([
    ['addi that reads r0 as zero', `${SPU} addi r3, r0, 5`],
    ['a number that the other takes, and this one does not', `${SPU} addi r3, r4, 1000`],
    ['a register that this processor has not', '_start: a $3, $4, $80'],
    ['a branch to another register', '_start: bi $5'],
    ['quadwords', '_start: lqd $3, 0($4)'],
  ])('offer no instruction instead of %s', (_, text) => {
    expect(repaired(text).every((mended) => /\n? +(?:\.text|\.section .*)\n/.test(mended) && mended.includes(text.split('\n').at(-1) ?? ''))).toBe(true);
  });

  it('write the instruction that reads no register', () => {
    expect(repaired('_start: addi    r3, r0, 5 # five\n')).toEqual(['_start: li      r3, 5 # five\n', '_start: addi    r3, 0, 5 # five\n']);
  });

  it('leave a call of a macro alone whose lines have the mistake', () => {
    const macro = (body: string): string => ` .macro wrong\n ${body}\n .endm\n_start: wrong\n`;
    for (const body of ['li r3, 70000', 'add+ r3, r3, r3', 'lqd $3, 0($1)']) expect(repaired(macro(body)), body).toEqual([]);
  });

  it('see no missing start in a part of a program, nor in SPU code', () => {
    expect(diagnosticsOf(analysed(' .globl work\nwork: blr\n'))).toEqual([]);
    expect(diagnosticsOf(analysed('main: blr\n'))).toEqual([]);
    expect(diagnosticsOf(analysed(' nop\n', 'one.spu.s'))).toEqual([]);
  });

  it('offer no pair for what 32 bits do not hold: lis makes the sign of all 64', () => expect(repaired('_start: li r3, 0x80000000\n')).toEqual([]));
});
