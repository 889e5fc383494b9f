/** The program that comes out: segments, entry, symbols, line table. */
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../../src/sim/program/lineIndex.ts';
import { addressOfSymbol, assembleFiles, assembleText, byteAt, errorsOf, hex, mistakesIn } from '../../../support/assembly.ts';

describe('segments', () => {
  it('start at pages of 64 KiB, by permission, with .bss behind the variables', () => {
    const { segments } = assembleText(`
      .bss
      .space 100
      .data
      .long 1
      .section .rodata
      .byte 2
      .text
      _start: nop
      .section .jit,"awx"
      .long 3
      .section .note,"",@progbits
      .long 4`);
    expect(segments.map(({ address, bytes, memorySize, writable, executable }) => [address, hex(bytes), memorySize, writable, executable])).toEqual([
      [0x1000_0000, '60000000', 4, false, true],
      [0x1001_0000, '02', 1, false, false],
      [0x1002_0000, '00000001', 104, true, false],
      [0x1003_0000, '00000003', 4, true, true],
    ]);
  });

  it('keep sections of one name together and aligned, from several files too', () => {
    const { program } = assembleFiles({
      'a.s': '.globl _start\n_start: nop\n.data\na: .byte 1\n.section .data.x,"aw"\nx: .byte 9',
      'b.s': '.data\n.balign 8\nb: .byte 2\n.text\nnop',
    }, ['a.s', 'b.s']);
    expect(program.segments.map(({ bytes }) => hex(bytes))).toEqual(['6000000060000000', '0100000000000000' + '02' + '09']);
  });

  it('have an end: sizes that may depend on later labels settle', () => {
    const { segments } = assembleText('_start: nop\n.data\n.space end-start\nstart: .long 1, 2\nend:\n.uleb128 end-start\n.balign 4\n.byte 3');
    expect(hex(segments[1]?.bytes ?? new Uint8Array(0))).toBe(`${'00'.repeat(8)}00000001000000020800000003`);
  });

  it('need sizes that can be: one that depends on itself is refused', () => {
    expect(mistakesIn('_start: nop\n.data\nhere: .space there-here+1\nthere: .byte 1')).toContain(
      '3:7 This size depends on itself, through labels after it, and does not settle.',
    );
  });
});

describe('the entry', () => {
  it('is _start, else main, else the first code', () => {
    expect(assembleText('nop\n_start: nop\nmain: nop').entry).toBe(0x1000_0004);
    expect(assembleText('nop\nnop\nmain: nop').entry).toBe(0x1000_0008);
    expect(assembleText('.data\n.long 1\n.text\nnop').entry).toBe(0x1000_0000);
  });

  it('comes with the TOC from a function descriptor', () => {
    const { entry, toc } = assembleText('.section .opd,"aw"\n_start: .quad ._start,0x12345678,0\n.text\nnop\n._start: nop');
    expect([entry, toc]).toEqual([0x1000_0004, 0x1234_5678]);
  });

  it('must be somewhere', () => {
    expect(mistakesIn('.data\n.long 1')).toEqual(['0:0 There is no PowerPC code: a program starts at the symbol _start in .text.']);
  });
});

describe('symbols', () => {
  const { symbols } = assembleText(`
      .section .opd,"aw"
      .globl work
      work: .quad .work, .TOC.@tocbase, 0
      .size work, .Lend - .work
      .text
      .globl _start
      _start: nop
      loop: nop
      1: nop
      .Llocal: nop
      .work: blr
      .Lend:
      .data
      table: .long 1, 2
      .type table, @object
      .size table, . - table
      .set alias, table
      .equ CONSTANT, 4`);

  it('are the labels that are not private, with kind, size and scope', () => {
    expect(symbols).toEqual([
      { name: '_start', address: 0x1000_0000, size: 0, kind: 'function', global: true },
      { name: 'loop', address: 0x1000_0004, size: 0, kind: 'label', global: false },
      { name: 'work', address: 0x1000_0010, size: 4, kind: 'function', global: true },
      { name: 'table', address: 0x1001_0018, size: 8, kind: 'object', global: false },
    ]);
  });

  it('of .comm and .lcomm have room in .bss', () => {
    const program = assembleText('_start: nop\n.comm shared,100,64\n.lcomm own,3\n.data\n.long shared, own');
    const shared = addressOfSymbol(program, 'shared') ?? 0;
    expect(shared % 64).toBe(0);
    expect(byteAt(program.segments, shared + 99)).toBe(0);
    expect(program.segments[1]?.bytes.length).toBe(8);
  });
});

describe('several files', () => {
  const main = '.globl _start\n_start: bl work\nb loop\nloop: nop';

  it('share what they export, and nothing else', () => {
    const { program } = assembleFiles({ 'main.s': main, 'work.s': '.globl work\nloop: nop\nwork: blr' }, ['main.s', 'work.s']);
    // main.s has three words, so work.s starts at 0x1000000c and `work` is its second word.
    expect(hex(program.segments[0]?.bytes ?? new Uint8Array(0)).slice(0, 16)).toBe('48000011' + '48000004');
  });

  it('are told of a symbol that they only forgot to export', () => {
    expect(errorsOf(() => assembleFiles({ 'main.s': main, 'work.s': 'work: blr' }, ['main.s', 'work.s']))).toMatchObject([
      { file: 'main.s', line: 2, column: 12, message: 'The symbol "work" is not defined in the PowerPC program. The file work.s defines it: export it there with ".globl work".' },
    ]);
  });

  it('may not export one symbol twice, but a weak one gives way', () => {
    const other = (weak: string): string => `.globl work\n${weak}\nwork: blr`;
    expect(errorsOf(() => assembleFiles({ 'main.s': main, 'a.s': other(''), 'b.s': other('') }, ['main.s', 'a.s', 'b.s']))).toEqual([
      { file: 'b.s', line: 3, column: 1, message: 'The global symbol "work" is defined twice: first at a.s:3.' },
    ]);
    const { program } = assembleFiles({ 'main.s': main, 'a.s': other('.weak work'), 'b.s': other('') }, ['main.s', 'a.s', 'b.s']);
    expect(hex(program.segments[0]?.bytes ?? new Uint8Array(0)).slice(0, 8)).toBe('48000011');
  });

  it('have common blocks together, but each its own where it says .local', () => {
    const file = (first: string): string => `${first}.comm shared,4\n.local own\n.comm own,4\n.data\n.long shared,own`;
    const { program } = assembleFiles({ 'a.s': file('_start: nop\n'), 'b.s': file('') }, ['a.s', 'b.s']);
    const [sharedInA, ownInA, sharedInB, ownInB] = (hex(program.segments[1]?.bytes ?? new Uint8Array(0)).match(/.{8}/g) ?? []);
    expect(sharedInA).toBe(sharedInB);
    expect(new Set([sharedInA, ownInA, ownInB]).size).toBe(3);
  });

  it('have macros of their own', () => {
    const file = (start: string, word: string): string => `.macro word\n${word}\n.endm\n${start}word\n.popsection`;
    expect(errorsOf(() => assembleFiles({ 'a.s': file('.pushsection .data\n_start: ', 'nop'), 'b.s': file('', 'sc') }, ['a.s', 'b.s']))).toEqual([
      { file: 'b.s', line: 5, column: 1, message: 'There is no .pushsection for this .popsection.' },
    ]);
  });

  it('bring included files, text and bytes', () => {
    const { program } = assembleFiles({
      'main.s': '.include "defs.inc"\n_start: li 3,CODE\nmissing_from_here\n.data\n.incbin "blob", 1, 2\n.incbin "blob"',
      'defs.inc': '.equ CODE, 9\n.macro missing_from_here\nsc\n.endm',
      blob: Uint8Array.of(1, 2, 3, 4),
    });
    expect(program.segments.map(({ bytes }) => hex(bytes))).toEqual(['3860000944000002', '020301020304']);
  });
});

describe('the line table', () => {
  const text = [
    '        .macro  twice insn:vararg', // 1
    '        \\insn',
    '        \\insn',
    '        .endm',
    '_start: nop; nop', // 5
    '        twice addi 3,3,1',
    '        .rept 2',
    '        li 4,1',
    '        .endr',
    '        .long 0', // 10
    '        .include "more.inc"',
    '        blr', // 12
  ];
  const { lines } = assembleFiles({ 'main.s': text.join('\n'), 'more.inc': '\n  sc' }).program;

  it('knows the place of each instruction: of a macro the call, of a repetition its body', () => {
    const places = lines.addresses.map((address, i) => [address - 0x1000_0000, lines.files[lines.fileIndex[i] ?? -1], lines.lines[i], lines.columns[i], lines.statement[i]]);
    expect(places).toEqual([
      [0x00, 'main.s', 5, 9, 1],
      [0x04, 'main.s', 5, 14, 1],
      [0x08, 'main.s', 6, 9, 1],
      [0x0c, 'main.s', 6, 9, 1],
      [0x10, 'main.s', 8, 9, 1],
      [0x14, 'main.s', 8, 9, 1],
      [0x18, 'main.s', 10, 9, 0],
      [0x1c, 'more.inc', 2, 3, 1],
      [0x20, 'main.s', 12, 9, 1],
      [0x24, undefined, 0, 0, 0],
    ]);
  });

  it('serves breakpoints by line', () => {
    const index = new LineIndex(lines);
    expect(index.addressesOf('main.s', 7)).toMatchObject({ line: 8, addresses: [0x1000_0010] });
    expect(index.placeOf(0x1000_000c)).toEqual({ file: 'main.s', line: 6, column: 9 });
  });
});
