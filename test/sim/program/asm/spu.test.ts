/** SPU programs inside a PowerPC program, and on their own. */
import { describe, expect, it } from 'vitest';
import { addressOfSymbol, assembleFiles, assembleText, byteAt, hex, mistakesIn } from '../../../support/assembly.ts';

const SOURCE = `
        .equ    COUNT, 7
        .data
buffer: .quad 0
        .text
_start: lis     3, worker@ha
        addi    3, 3, worker@l
        li      4, worker_end-worker
        li      5, worker_entry
        li      6, worker.table
loop:   b       loop
        .section .spu.worker,"ax"
table:  .quad   buffer@ppu
main:   il      $3, COUNT
loop:   brnz    $3, loop
        rdch    $4, $SPU_RdInMbox
        il      $5, MFC_Cmd
        stop
        .section .spu.worker.data
        .byte   1
        .section .spu.other
        .global _start
        nop
_start: stop    5
`;

describe('a section .spu.NAME', () => {
  const program = assembleText(SOURCE);
  const [worker, other] = program.spuImages;

  it('is an SPU program at local-store address 0, in whole quadwords', () => {
    expect(worker).toMatchObject({ name: 'worker', entry: 8 });
    expect(other).toMatchObject({ name: 'other', entry: 4 });
    expect(hex(worker?.segments[0]?.bytes ?? new Uint8Array(0))).toBe(
      '0000000010020000' + // table
      '40800383' + '21000003' + '01a00e84' + '40800a85' + '00000000' + '00000000' + // the rest of the quadword is a gap
      '01' + '00'.repeat(15),
    );
    expect(worker?.segments[0]).toMatchObject({ address: 0, memorySize: 0x30, executable: true, writable: true });
  });

  it('lies in the read-only data of the PowerPC program, under symbols', () => {
    const at = addressOfSymbol(program, 'worker') ?? 0;
    expect(at % 128).toBe(0);
    expect(addressOfSymbol(program, 'worker_end')).toBe(at + 0x30);
    const bytes = worker?.segments[0]?.bytes ?? new Uint8Array(0);
    expect(Array.from(bytes, (_, i) => byteAt(program.segments, at + i))).toEqual([...bytes]);
    expect(program.segments.find(({ address }) => address <= at && at < address + 0x10000)).toMatchObject({ writable: false, executable: false });
    expect(hex(program.segments[0]?.bytes ?? new Uint8Array(0))).toBe(
      '3c601001' + '38630000' + '38800030' + '38a00008' + '38c00000' + '48000000',
    );
  });

  it('has symbols and lines of its own', () => {
    expect(worker?.symbols.map(({ name, address, kind }) => [name, address, kind])).toEqual([
      ['table', 0, 'label'], ['main', 8, 'label'], ['loop', 12, 'label'],
    ]);
    expect(other?.symbols).toEqual([{ name: '_start', address: 4, size: 0, kind: 'function', global: true }]);
    expect(addressOfSymbol(program, 'loop')).toBe(0x1000_0014);
    expect(worker?.lines.lines.slice(0, 3)).toEqual([13, 14, 15]);
    expect(worker?.lines.statement.slice(0, 3)).toEqual([0, 1, 1]);
  });

  it('does not see PowerPC labels, nor PowerPC code its labels; both are told the way', () => {
    expect(mistakesIn('_start: b inner\n.section .spu.x\ninner: nop\nila $3, _start\nli 3,4\n.text\nil 3,4')).toEqual([
      '1:11 The symbol "inner" is not defined in the PowerPC program. The SPU program "x" has a label of this name: "x.inner" is its local-store address.',
      '4:9 The symbol "_start" is not defined in the SPU program "x". The PowerPC program has a label of this name: "_start@ppu" is its effective address.',
      '5:1 "li" is no SPU instruction and no macro. It is one of the PowerPC: go back with .text; the same here is "il".',
      '7:1 "il" is no PowerPC instruction and no macro. It is one of the SPU: SPU code stands in a section .spu.NAME; the same here is "li".',
    ]);
  });

  it('sees the constants of the PowerPC part, unless it has a symbol of that name, before or behind', () => {
    const { spuImages } = assembleText('.equ one, 1\n.set n, 1\n_start: nop\n.section .spu.x\n.long one, n, two, two*n\ntwo: .long two\n.text\n.set n, 9\n.equ two, 2\n.section .spu.x\n.long n');
    expect(hex(spuImages[0]?.segments[0]?.bytes ?? new Uint8Array(0)).slice(0, 48)).toBe('00000001' + '00000001' + '00000010' + '00000010' + '00000010' + '00000009');
  });

  it('keeps its name for itself, and fits the local store', () => {
    expect(mistakesIn('_start: nop\nx: nop\n.section .spu.x\nnop')).toEqual([
      '2:1 "x" is the name of an SPU program (the section .spu.x): call this symbol something else.',
    ]);
    expect(mistakesIn('_start: nop\n.section .spu.x\nnop\n.space 0x40000')).toEqual([
      '3:1 The SPU program "x" has 262160 bytes; the local store holds 262144.',
    ]);
    expect(mistakesIn('_start: nop\n.section .spu.1x\nnop')[0]).toMatch(/^2:1 The section "\.spu\.1x" names no SPU program/);
  });
});

describe('a file NAME.spu.s', () => {
  const spu = '.globl _start\n.data\nvalue: .long 5\n.text\nnop\n_start: lqr $3, value\nstop';

  it('is a program for a lone SPU', () => {
    const program = assembleFiles({ 'dir/work.spu.s': spu }).program;
    expect(program).toMatchObject({ isa: 'spu', entry: 4, segments: [] });
    expect(program.spuImages[0]).toMatchObject({ name: 'work', entry: 4 });
    // Data follow the code at the next quadword: 0x10 - 4 = 12 bytes, three words, from the load.
    expect(hex(program.spuImages[0]?.segments[0]?.bytes ?? new Uint8Array(0))).toBe('402000003380018300000000' + '00000000' + '00000005' + '00'.repeat(12));
  });

  it('is embedded where a PowerPC file is there too', () => {
    const { program } = assembleFiles({ 'main.ppu.s': '_start: li 3,work_entry', 'work.spu.s': spu }, ['main.ppu.s', 'work.spu.s']);
    expect(program.isa).toBe('ppc');
    expect(hex(program.segments[0]?.bytes ?? new Uint8Array(0))).toBe('38600004');
    expect(program.spuImages.map(({ name }) => name)).toEqual(['work']);
  });
});
