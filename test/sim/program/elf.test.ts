import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { ProgramErrors } from '../../../src/sim/program/program.ts';
import { R, RW, RX, type ElfPlan, buildElf, bytes, smallPpcPlan } from '../../support/elfBuilder.ts';
import { GUESTS, LINE_GUESTS, readGuest } from '../../support/guests.ts';
import { askTool, hasTool } from '../../support/oracle.ts';

const READELF = 'powerpc64-linux-gnu-readelf';
const NM = 'powerpc64-linux-gnu-nm';

/** The sentence that a file is refused with. */
function refusal(file: Uint8Array): string {
  try {
    readElf('guest', file);
  } catch (error) {
    if (error instanceof ProgramErrors) return error.message;
    throw error;
  }
  return 'accepted';
}

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A guest with some bytes replaced. */
function patched(at: number, ...values: readonly number[]): Uint8Array {
  const file = readGuest('hello_asm');
  file.set(values, at);
  return file;
}

describe('hello_asm', () => {
  const { program, warnings } = readElf('hello_asm', readGuest('hello_asm'));

  it('starts where the descriptor of its entry point says', () => {
    // .opd at 0x1001ffe8 holds ._start and .TOC., which the linker put 0x8000 behind its .got.
    expect(program).toMatchObject({ name: 'hello_asm', isa: 'ppc', entry: 0x1000_0148, toc: 0x1002_7f00 });
    expect(program.headers).toEqual({ address: 0x1000_0040, entrySize: 56, count: 4 });
    expect(warnings).toEqual([]);
  });

  it('makes one function symbol of a descriptor and its dot symbol', () => {
    const named = (name: string): unknown => program.symbols.filter((symbol) => symbol.name === name);
    expect(named('_start')).toEqual([{ name: '_start', address: 0x1000_0148, size: 0, kind: 'function', global: true, descriptor: 0x1001_ffe8 }]);
    expect(named('._start')).toEqual([]);
    expect(named('msg')).toEqual([{ name: 'msg', address: 0x1000_0178, size: 0, kind: 'label', global: false }]);
  });

  it('has the message in its read-only segment', () => {
    const [text] = program.segments;
    expect(text).toMatchObject({ address: 0x1000_0000, memorySize: 0x188, readable: true, writable: false, executable: true });
    expect(new TextDecoder().decode(text?.bytes.subarray(0x178, 0x186))).toBe('Hello, world!\n');
  });
});

describe.skipIf(!hasTool(READELF) || !hasTool(NM)).each([...GUESTS, ...LINE_GUESTS])('%s, compared with the GNU tools', (guest) => {
  const file = readGuest(guest);
  const { program } = readElf(guest, file);

  it('has the segments that readelf lists', () => {
    const listed = askTool(READELF, ['-lW'], file).matchAll(/LOAD +0x(\w+) 0x(\w+) 0x\w+ 0x(\w+) 0x(\w+) (...)/g);
    const expected = [...listed].map(([, offset = '', address = '', size = '', memory = '', flags = '']) => ({
      address: Number.parseInt(address, 16),
      bytes: digest(file.subarray(Number.parseInt(offset, 16), Number.parseInt(offset, 16) + Number.parseInt(size, 16))),
      memorySize: Number.parseInt(memory, 16),
      readable: flags.includes('R'), writable: flags.includes('W'), executable: flags.includes('E'),
    }));
    expect(program.segments.map((segment) => ({ ...segment, bytes: digest(segment.bytes) }))).toEqual(expected);
  });

  it('has every function where nm says its code is', () => {
    const known = new Set(program.symbols.filter(({ kind }) => kind === 'function').map(({ name, address }) => `${name} ${address.toString(16)}`));
    const synthetic = [...askTool(NM, ['--synthetic'], file).matchAll(/^0*(\w+) [tTwWi] \.(\w+)$/gm)];
    expect(synthetic.length).toBeGreaterThan(0);
    expect(synthetic.map(([, address = '', name = '']) => `${name} ${address}`).filter((line) => !known.has(line))).toEqual([]);
  });

  it('has as many functions and objects as the symbol table', () => {
    const table = askTool(READELF, ['-sW'], file);
    const count = (pattern: RegExp): number => [...table.matchAll(pattern)].length;
    const kinds = (kind: string): number => program.symbols.filter((symbol) => symbol.kind === kind).length;
    expect(kinds('function')).toBe(count(/ I?FUNC +(LOCAL|GLOBAL|WEAK) +\S+ +\d+ [^.]/g));
    expect(kinds('object')).toBe(count(/ OBJECT +(LOCAL|GLOBAL|WEAK) +\S+ +\d+ /g));
  });
});

describe('a built program', () => {
  const opd = { name: '.opd', address: 0x1001_0800, bytes: new Uint8Array(24), flags: 3 };
  const text = { name: '.text', address: 0x1000_0400, bytes: new Uint8Array(8), flags: 6 };
  const plan = smallPpcPlan(bytes([0x4400_0002, 4], [0x4400_0002, 4]), { sections: [text, opd] });

  it('takes a function\'s size from its dot symbol, as old compilers write it', () => {
    const { program } = readElf('old', buildElf({
      ...plan,
      symbols: [
        { name: 'start', value: 0x1001_0800, size: 24, type: 2, global: true, section: 2 },
        { name: '.start', value: 0x1000_0400, size: 8, type: 2, global: true, section: 1 },
        { name: '.helper', value: 0x1000_0404, size: 4, type: 2, section: 1 },
      ],
    }));
    expect(program.symbols).toEqual([
      { name: 'start', address: 0x1000_0400, size: 8, kind: 'function', global: true, descriptor: 0x1001_0800 },
      { name: 'helper', address: 0x1000_0404, size: 4, kind: 'function', global: false },
    ]);
  });

  it('needs no sections, and says where no headers are in memory', () => {
    const { program, warnings } = readElf('bare', buildElf(smallPpcPlan()));
    expect(program).toMatchObject({ entry: 0x1000_0400, toc: 0x1001_9000, symbols: [] });
    expect(program).not.toHaveProperty('headers');
    expect(warnings).toEqual([]);
  });

  it('keeps the size of zeroed memory behind a segment', () => {
    const bss = { address: 0x1002_0000, bytes: new Uint8Array(0), memorySize: 0x9000_0000, flags: RW };
    const { program } = readElf('bss', buildElf({ ...plan, segments: [...plan.segments, bss] }));
    expect(program.segments[2]).toMatchObject({ address: 0x1002_0000, memorySize: 0x9000_0000, writable: true });
  });

  it('loses symbols, not the program, when the symbol table is damaged', () => {
    const file = buildElf({ ...plan, symbols: [{ name: 'a', value: 0x1000_0400 }, { name: 'b', value: 0x1000_0404 }] });
    const sectionHeaders = file.length - 6 * 64;
    const SYMTAB = 3;
    const SH_LINK = 40;
    file.set([0, 0, 0, 200], sectionHeaders + SYMTAB * 64 + SH_LINK);
    const { program, warnings } = readElf('hurt', file);
    expect(program.symbols).toEqual([]);
    expect(warnings).toEqual(['The symbol table is damaged: 2 of its names cannot be read; those symbols are missing.']);
  });
});

describe('a file that cannot run gets one sentence', () => {
  const E_MACHINE = 18;
  const E_TYPE = 16;
  it.each([
    ['x86-64', patched(5, 1).with(E_MACHINE, 62).with(E_MACHINE + 1, 0), 'This is an x86-64 program; Refault runs big-endian ppc64 executables (powerpc64-linux-gnu-gcc -static) and SPU images.'],
    ['an unknown machine', patched(E_MACHINE, 0x12, 0x34), 'This is a program for an unknown machine (ELF machine 4660); Refault runs big-endian ppc64 executables (powerpc64-linux-gnu-gcc -static) and SPU images.'],
    ['little-endian', patched(5, 1).with(E_MACHINE, 21).with(E_MACHINE + 1, 0), 'The program is little-endian, and the Cell\'s processors are big-endian; build it for big-endian ppc64 (powerpc64-linux-gnu-gcc -mbig-endian -static).'],
    ['little-endian by its first bytes alone', patched(5, 1), 'The program is little-endian, and the Cell\'s processors are big-endian; build it for big-endian ppc64 (powerpc64-linux-gnu-gcc -mbig-endian -static).'],
    ['32-bit', patched(E_MACHINE, 0, 20), 'The program is for 32-bit PowerPC; build it for 64 bits (powerpc64-linux-gnu-gcc -m64 -static).'],
    ['an object file', patched(E_TYPE, 0, 1), 'This is an object file, not a program; link it (powerpc64-linux-gnu-gcc -static).'],
    ['position-independent', patched(E_TYPE, 0, 3), 'This is a shared object or position-independent program; link it as a static program (powerpc64-linux-gnu-gcc -static -no-pie).'],
    ['a core dump', patched(E_TYPE, 0, 4), 'This is a core dump, not a program; run the program that left it.'],
    ['an impossible type', patched(E_TYPE, 0x77, 7), 'The file is damaged: ELF type 30471 does not exist; copy or build it again.'],
    ['ELFv2', patched(48, 0, 0, 0, 2), 'The program uses the ELFv2 calling convention, which this machine\'s kernel does not know; build it with -mabi=elfv1.'],
    ['a broken ident', patched(4, 9), 'The file is damaged: the first bytes of its ELF header make no sense; copy or build it again.'],
    ['dynamic', patched(64, 0, 0, 0, 3), 'The program is dynamically linked, and there are no shared libraries in this machine; link it with -static.'],
    ['cut in the header', readGuest('hello_asm').subarray(0, 60), 'The file is damaged: it ends inside its ELF header, after 60 bytes; copy or build it again.'],
    ['cut in the middle', readGuest('hello_asm').subarray(0, 0x5000), 'The file is damaged or cut short: its section headers should end at byte 0x103f8, but the file ends at 0x5000; copy or build it again.'],
    ['program headers of a wrong size', patched(54, 0, 32), 'The file is damaged: its program headers claim to be 32 bytes long instead of 56; copy or build it again.'],
    ['no program headers', patched(56, 0, 0), 'The file has no program headers, so nothing says what to load; link it as a program.'],
    ['nothing to load', patched(64, 0, 0, 0, 4).with(64 + 56 + 3, 4), 'The file has nothing to load: none of its segments goes into memory; link it as a program.'],
    ['an entry outside', patched(24, 0, 0, 0, 0, 0x20), 'The file is damaged: its entry point 0x2001ffe8 is not the address of a function descriptor; copy or build it again.'],
    ['an entry into code', patched(24, 0, 0, 0, 0, 0x10, 0, 1, 0x48), 'The entry point 0x10000148 is code, but a 64-bit PowerPC program starts through a function descriptor; define _start in .opd as three doublewords (code address, TOC, 0).'],
  ])('%s', (_, file, sentence) => {
    expect(refusal(file)).toBe(`guest: ${sentence}`);
  });

  const withSegment = (segment: ElfPlan['segments'][number]): Uint8Array => {
    const plan = smallPpcPlan();
    return buildElf({ ...plan, segments: [...plan.segments, segment] });
  };
  it.each([
    ['overlapping segments', withSegment({ address: 0x1000_0402, bytes: bytes([1, 2]), flags: R }), 'The file is damaged: two of its segments overlap at address 0x10000402; copy or build it again.'],
    ['a segment beyond the address space', withSegment({ address: 2 ** 44 - 4096, bytes: bytes([1, 8]), memorySize: 4097, flags: RX }), 'The file is damaged: segment 2 reaches from 0xffffffff000 for 0x1001 bytes, beyond the address space of a process (16 TiB); copy or build it again.'],
    ['more in the file than in memory', withSegment({ address: 0x2000_0000, bytes: bytes([1, 8]), memorySize: 4, flags: RX }), 'The file is damaged: segment 2 has more bytes in the file (0x8) than in memory (0x4); copy or build it again.'],
  ])('%s', (_, file, sentence) => {
    expect(refusal(file)).toBe(`guest: ${sentence}`);
  });
});
