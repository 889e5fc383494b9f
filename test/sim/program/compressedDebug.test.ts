/** Debug information that is kept compressed, as the GNU tools compress it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { buildElf, smallPpcPlan, Writer } from '../../support/elfBuilder.ts';
import { hasTool } from '../../support/oracle.ts';
import { COMPILER } from '../../support/programs.ts';

const OBJCOPY = 'powerpc64-linux-gnu-objcopy';
const SOURCE = fileURLToPath(new URL('../../debugging/inspected.c', import.meta.url));
const SHF_COMPRESSED = 0x800;
const PROGBITS = 1;

function run(tool: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
}

const hasAll = [hasTool(COMPILER, 'gcc-powerpc64-linux-gnu'), hasTool(OBJCOPY)].every(Boolean);

describe.skipIf(!hasAll && process.env['CI'] === undefined)('a program that the compiler made', () => {
  let folder = '';
  const inFolder = (name: string): string => join(folder, name);
  const read = (name: string): ReturnType<typeof readElf> => readElf('inspected', new Uint8Array(readFileSync(inFolder(name))));
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'compressed-'));
    for (const way of ['none', 'zlib', 'zlib-gnu']) run(COMPILER, ['-static', '-mcpu=cell', '-g', `-gz=${way}`, '-o', inFolder(way), SOURCE]);
    for (const way of ['zlib', 'zlib-gnu']) {
      run(OBJCOPY, ['--decompress-debug-sections', inFolder(way), inFolder(`${way}.plain`)]);
      run(OBJCOPY, [`--compress-debug-sections=${way}`, inFolder('none'), inFolder(`copied-${way}`)]);
    }
  }, 120_000);
  afterAll(() => { rmSync(folder, { recursive: true }); });

  it.each([
    ['zlib', 'zlib.plain'], ['zlib-gnu', 'zlib-gnu.plain'], ['copied-zlib', 'none'], ['copied-zlib-gnu', 'none'],
  ])('has in %s the same debug information as in %s', (name, plainName) => {
    const plain = read(plainName);
    const compressed = read(name);
    expect(readFileSync(inFolder(name)).includes(name.endsWith('gnu') ? '.zdebug_info' : '.debug_info')).toBe(true);
    expect(compressed.warnings).toEqual([]);
    expect(compressed.program.lines.addresses.length).toBeGreaterThan(20);
    expect(compressed.program.debug).toEqual(plain.program.debug);
    expect(compressed.program.lines).toEqual(read('none').program.lines);
  });
});

/** What is said about one section. */
function warningsFor(name: string, bytes: Uint8Array, flags = 0): readonly string[] {
  return readElf('guest', buildElf(smallPpcPlan(undefined, { sections: [{ name, type: PROGBITS, flags, bytes }] }))).warnings;
}

function header(type: number, size: number, packed: Uint8Array): Uint8Array {
  return new Uint8Array([...new Writer().unsigned(type, 4).unsigned(0, 4).unsigned(size, 8).unsigned(1, 8).done(), ...packed]);
}

describe('a section that cannot be unpacked gets a sentence', () => {
  const packed = new Uint8Array(deflateSync(new Uint8Array(64)));
  const lines = 'source lines and variables may be missing.';
  it.each([
    ['Zstandard', header(2, 64, packed), 'The debug information is compressed with Zstandard, which Refault cannot unpack, so source lines and variables are missing; link the program with -gz=zlib or -gz=none.'],
    ['an unknown method', header(77, 64, packed), 'The debug information is compressed with method 77, which Refault cannot unpack, so source lines and variables are missing; link the program with -gz=zlib or -gz=none.'],
    ['a size that no compression reaches', header(1, 2 ** 40, packed), `The section .debug_str is damaged: it claims to be 1099511627776 bytes long without compression; ${lines}`],
    ['a wrong size', header(1, 65, packed), `The section .debug_str is damaged: 64 bytes come out of it instead of 65; ${lines}`],
    ['an end that is missing', header(1, 64, packed.subarray(0, 6)), `The section .debug_str is damaged: its compressed bytes end too early; ${lines}`],
  ])('%s', (_, bytes, sentence) => {
    expect(warningsFor('.debug_str', bytes, SHF_COMPRESSED)).toEqual([sentence]);
  });

  it('a header that is cut short', () => {
    expect(warningsFor('.debug_str', Uint8Array.of(0, 0, 0, 1), SHF_COMPRESSED)).toEqual([expect.stringMatching(/^The section \.debug_str is damaged: /)]);
    expect(warningsFor('.zdebug_str', Uint8Array.of(0x5a, 0x4c))).toEqual([expect.stringMatching(/^The section \.zdebug_str is damaged: /)]);
  });

  it('a .zdebug section without its magic', () => {
    expect(warningsFor('.zdebug_str', new Uint8Array(40))).toEqual([`The section .zdebug_str is damaged: it does not begin with ZLIB; ${lines}`]);
  });
});
