import { describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { ProgramErrors } from '../../../src/sim/program/program.ts';
import { PT_NOTE, R, RW, RX, type ElfPlan, Writer, buildElf, bytes, smallPpcPlan } from '../../support/elfBuilder.ts';
import { END, STANDARD, lineUnit, setAddress } from '../../support/lineUnit.ts';
import { askTool, hasTool } from '../../support/oracle.ts';

const READELF = 'powerpc64-linux-gnu-readelf';
const PF_OVERLAY = 0x0800_0000;
/** Where `smallPpcPlan` puts its data. */
const DATA = 0x1001_1000;
const STOP = bytes([0x3fff, 4]);

const SPU: ElfPlan = {
  machine: 'spu',
  entry: 0x80,
  segments: [
    { address: 0x80, bytes: STOP, flags: RX },
    { address: 0x1000, bytes: bytes([7, 4]), memorySize: 64, flags: RW },
  ],
  sections: [{ name: '.text', address: 0x80, bytes: STOP, flags: 6 }],
  symbols: [
    { name: 'main', value: 0x80, size: 4, type: 2, global: true },
    { name: 'table', value: 0x1000, size: 64, type: 1 },
    { name: '__stack', value: 0x3fff0, section: 0xfff1, global: true },
  ],
};

describe('a standalone SPU image', () => {
  const file = buildElf(SPU);

  it('is a program of one SPU image', () => {
    const { program, warnings } = readElf('worker.elf', file);
    expect(program).toMatchObject({ isa: 'spu', entry: 0x80, segments: [] });
    expect(program.spuImages).toHaveLength(1);
    expect(program.spuImages[0]).toMatchObject({
      name: 'worker.elf',
      entry: 0x80,
      segments: [{ address: 0x80, bytes: STOP, executable: true }, { address: 0x1000, memorySize: 64, writable: true }],
      symbols: [{ name: 'main', address: 0x80, kind: 'function' }, { name: 'table', address: 0x1000, kind: 'object' }],
    });
    expect(warnings).toEqual([]);
  });

  it.skipIf(!hasTool(READELF))('is what readelf takes for an SPU executable', () => {
    const said = askTool(READELF, ['-hlsW'], file);
    expect(said).toMatch(/Class: +ELF32\n.*big endian/);
    expect(said).toMatch(/Machine: +SPU/);
    expect(said).toMatch(/00000080 +4 FUNC +GLOBAL +DEFAULT +1 main/);
  });

  it('has source lines, with addresses of 4 bytes', () => {
    const program = new Writer().raw(setAddress(0x80, 4)).raw([3, 4, 1, 2, 1]).raw(END); // line 5, copy, one instruction on
    const line = { name: '.debug_line', bytes: lineUnit({ version: 2, operandCounts: STANDARD, program }) };
    const { program: { spuImages } } = readElf('worker', buildElf({ ...SPU, sections: [line, ...(SPU.sections ?? [])], symbols: [] }));
    expect(spuImages[0]?.lines).toMatchObject({ files: ['first.s'], addresses: [0x80, 0x84], fileIndex: [0, -1], lines: [5, 0] });
  });

  it('leaves overlays to its overlay manager', () => {
    const overlays = [1, 2].map((value) => ({ address: 0x2000, bytes: bytes([value, 4]), flags: RX | PF_OVERLAY }));
    const { program } = readElf('overlays', buildElf({ ...SPU, segments: [...SPU.segments, ...overlays] }));
    expect(program.spuImages[0]?.segments.map(({ address }) => address)).toEqual([0x80, 0x1000]);
  });

  it.each([
    ['a segment beyond the local store', { ...SPU, segments: [{ address: 0x3ffff, bytes: STOP, flags: RX }] }, /segment 0 reaches from 0x3ffff for 0x4 bytes, beyond the local store \(256 KiB\)/],
    ['an odd entry', { ...SPU, entry: 0x82 }, /its entry point 0x82 is no instruction address in the local store \(256 KiB\)/],
  ])('is refused with %s', (_, plan, sentence) => {
    expect(() => readElf('worker', buildElf(plan))).toThrow(ProgramErrors);
    expect(() => readElf('worker', buildElf(plan))).toThrow(sentence);
  });
});

describe('SPU images inside a PowerPC program', () => {
  const image = buildElf(SPU);
  const inData = (data: Uint8Array, symbols: ElfPlan['symbols'] = []): ReturnType<typeof readElf> => {
    const sections = [{ name: '.data', address: DATA, bytes: data, flags: 3 }];
    return readElf('host', buildElf(smallPpcPlan(undefined, { data, sections, symbols })));
  };
  const names = (read: ReturnType<typeof readElf>): string[] => read.program.spuImages.map(({ name }) => name);

  it('are named after the handle that points to them', () => {
    const at = 256;
    const handle = bytes([24, 4], [0, 4], [DATA + at, 8], [0, 8]);
    const data = new Writer().raw(handle).pad(at).raw(image).done();
    const symbols = [
      { name: 'worker', value: DATA, size: 24, type: 1, global: true },
      { name: '__speelf__', value: DATA + at },
    ];
    const read = inData(data, symbols);
    expect(read.program.isa).toBe('ppc');
    expect(read.program.spuImages).toMatchObject([{ name: 'worker', entry: 0x80, symbols: [{ name: 'main' }, { name: 'table' }] }]);
    expect(read.warnings).toEqual([]);
  });

  it('are named after a symbol at their first byte', () => {
    expect(names(inData(image, [{ name: '_binary_blur_elf_start', value: DATA, global: true }]))).toEqual(['blur_elf']);
  });

  it('are named after the linker\'s note', () => {
    const note = new Writer().unsigned(8, 4).unsigned(10, 4).unsigned(1, 4).text('SPUNAME').text('out/lights').pad(32).done();
    const named = buildElf({ ...SPU, segments: [...SPU.segments, { type: PT_NOTE, address: 0, bytes: note, flags: R }] });
    expect(names(inData(named))).toEqual(['lights']);
  });

  it('are named after their address where nothing names them, and several are found', () => {
    const data = new Writer().raw(image).pad(1024).raw(image).done();
    expect(names(inData(data))).toEqual([`spu_${DATA.toString(16)}`, `spu_${(DATA + 1024).toString(16)}`]);
  });

  it('cost a warning where they are damaged', () => {
    const { program, warnings } = inData(image.slice(0, 0x60));
    expect(program.spuImages).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^The SPU program at 0x10011000 is left out\. The file is damaged or cut short: /)]);
  });
});
