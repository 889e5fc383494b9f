/** What an editor is told about a source, given its text and a place. Encodings are those of the Power ISA and the SPU ISA. */
import { describe, expect, it } from 'vitest';
import { proposalsAt } from '../../src/language/completion.ts';
import { diagnosticsOf } from '../../src/language/diagnostics.ts';
import { hoverAt } from '../../src/language/instructionHelp.ts';
import { definitionsIn } from '../../src/language/definitions.ts';
import { foldsOf } from '../../src/language/folds.ts';
import { occurrencesAt } from '../../src/language/references.ts';
import { changedText, renameAt } from '../../src/language/rename.ts';
import { signatureAt } from '../../src/language/signatureHelp.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';
import { assembleText } from '../support/assembly.ts';

const MNEMONICS = newMnemonics();
const NO_FILES = { text: () => undefined, bytes: () => undefined };
const analysed = (text: string, path = 'test.s'): SourceAnalysis => new SourceAnalysis(path, text, MNEMONICS, NO_FILES);
/** Analyses a text with the cursor at `|`. */
function at(marked: string, path?: string): [SourceAnalysis, { line: number; column: number }] {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return [analysed(marked.replace('|', ''), path), { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }];
}
const lines = (marked: string): string[] => occurrencesAt(...at(marked)).map(({ span, definition }) => `${String(span.line)}:${String(span.start)}${definition ? ' definition' : ''}`);

describe('diagnostics', () => {
  it('are all of the file at once, each under its word, with what was probably meant', () => {
    const found = diagnosticsOf(analysed('_start: lwzz r3, 0(r1)\n li r3, 5\n .globll _start\n'));
    expect(found.map(({ span, replacement }) => [span.line, span.start, span.end, replacement])).toEqual([[1, 9, 13, 'lwz'], [3, 2, 9, '.globl']]);
  });

  it('doubts a symbol that another file may define', () => {
    expect(diagnosticsOf(analysed('_start: bl other\n')).map(({ span, severity }) => [span.start, span.end, severity])).toEqual([[12, 17, 'doubt']]);
    expect(diagnosticsOf(analysed('_start: lwzz r3, 0(r1)\n')).map(({ severity }) => severity)).toEqual(['mistake']);
  });

  it('has none in a right program', () => expect(diagnosticsOf(analysed('_start: li r3, 1\n blr\n'))).toEqual([]));
});

describe('completion', () => {
  const texts = (marked: string, path?: string): string[] => proposalsAt(...at(marked, path)).items.map(({ text }) => text);

  it('proposes the mnemonics of the instruction set of the section', () => {
    expect(texts('_start: lw|')).toContain('lwz');
    expect(texts('_start: lw|')).not.toContain('lqd');
    expect(texts(' .section .spu.worker, "ax"\n l|')).toContain('lqd');
    expect(texts(' l|', 'worker.spu.s')).not.toContain('lwz');
  });

  it('proposes registers for the operand', () => {
    expect(texts(' lwz r|')).toEqual(expect.arrayContaining(['r0', 'r31', 'sp']));
    expect(texts(' lwz r|')).not.toContain('f1');
    expect(texts(' lqd $|', 'worker.spu.s')).toContain('$127');
    expect(texts(' wrch $|', 'worker.spu.s')).toContain('$MFC_Cmd');
  });

  it('knows that a condition-register field may be left out', () => {
    expect(texts('loop: nop\n bne |')).toEqual(expect.arrayContaining(['cr7', 'loop']));
    expect(texts('loop: nop\n bne cr7, |')).toEqual(['loop']);
    expect(texts(' cmpwi |')).toEqual(expect.arrayContaining(['cr7', 'r31']));
  });

  it('proposes labels for targets, parts of addresses, and macros', () => {
    expect(texts('loop: nop\n b l|')).toEqual(['loop']);
    expect(texts(' lis r3, table@|')).toEqual(expect.arrayContaining(['@ha', '@l', '@highesta']));
    expect(texts('.macro push reg\n.endm\n p|')).toContain('push');
    expect(texts(' nop # l|')).toEqual([]);
  });
});

describe('instruction help', () => {
  it('draws the bits of lwz as the D form (Power ISA 2.02, book I, 1.7.3)', () => {
    const [help] = hoverAt(...at('x: l|wz r3, 0(r1)'));
    expect(help?.bits.map(({ first, last, content }) => [first, last, content])).toEqual([[0, 5, '100000'], [6, 10, 'rt'], [11, 15, 'ra0'], [16, 31, 'd']]);
    expect(help?.syntax).toBe('lwz rt, d(ra0)');
  });

  it('counts operands at the cursor', () => expect(signatureAt(...at('x: addi r3, r4, |'))?.operand).toBe(2));
});

describe('references', () => {
  it('finds a label in operands, in macros and in branches that are not taken, but in no text or comment', () => {
    expect(lines('.macro go\n b loop\n.endm\n.if 0\n b loop\n.endif\nlo|op: nop # loop\n .ascii "loop"\n go\n')).toEqual(['2:4', '5:4', '7:1 definition']);
  });

  it('tells numbered labels apart (gas manual, "Symbol Names")', () => {
    expect(lines('1: b 1f\n b 1b\n1|: b 1b\n')).toEqual(['1:6', '3:1 definition', '3:6']);
  });

  it('keeps SPU labels apart from PowerPC labels of the same name', () => {
    expect(lines('lo|op: b loop\n .section .spu.worker, "ax"\nloop: br loop\n')).toEqual(['1:1 definition', '1:9']);
  });

  it('follows macros', () => expect(lines('.macro pu|sh\n.endm\n push\n')).toEqual(['1:8 definition', '3:2']));
});

describe('rename', () => {
  const SOURCE = '_start: lis r3, ta|ble@ha\n addi r3, r3, table@l\n1: b 1b\n .data\ntable: .long table\n';

  it('keeps the bytes', () => {
    const [analysis, place] = at(SOURCE);
    const changes = renameAt([analysis], analysis.path, place, 'list', NO_FILES);
    if ('refused' in changes) throw new Error(changes.refused);
    expect(changes).toHaveLength(4);
    const renamed = changedText(analysis, changes);
    expect(assembleText(renamed).segments).toEqual(assembleText(analysis.text).segments);
  });

  it.each([['_start', 'meaning'], ['2x', 'name'], ['a b', 'name']])('refuses %s', (name, reason) => {
    const [analysis, place] = at(SOURCE);
    expect(renameAt([analysis], analysis.path, place, name, NO_FILES)).toMatchObject({ refused: reason });
  });

  it('renames a numbered label with its uses', () => {
    const [analysis, place] = at('_start: b 1f\n|1: b 1b\n');
    const changes = renameAt([analysis], analysis.path, place, '7', NO_FILES);
    expect('refused' in changes ? changes : changedText(analysis, changes)).toBe('_start: b 7f\n7: b 7b\n');
  });
});

describe('outline and folds', () => {
  const TEXT = ' .text\n_start: nop\n .equ SIZE, 4\n.macro push\n nop\n.endm\n1: nop\n .data\nx: .long 1\n';

  it('lists labels, constants and macros', () => {
    expect(definitionsIn(analysed(TEXT).statements).map(({ name, kind }) => `${kind} ${name}`)).toEqual(['label _start', 'constant SIZE', 'macro push', 'label x']);
  });

  it('folds sections and macros', () => {
    expect(foldsOf(analysed(TEXT))).toEqual([{ first: 1, last: 7 }, { first: 4, last: 6 }, { first: 8, last: 10 }]);
  });
});
