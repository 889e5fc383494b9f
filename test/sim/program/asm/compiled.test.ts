/** What gcc writes as assembler source runs as what gcc and ld make of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../support/oracle.ts';
import { fakeIo } from '../../../support/fakeIo.ts';
import { runCommand } from '../../../../src/cli/run.ts';

const GCC = 'powerpc64-linux-gnu-gcc';
const SOURCE = path.join(import.meta.dirname, 'compiled.c');

/** Assembler source that the compiler makes of a C file. */
function compile(options: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'compiled-'));
  try {
    const file = path.join(folder, 'compiled.s');
    const { status, stderr } = spawnSync(GCC, ['-S', '-ffreestanding', '-fno-stack-protector', ...options, '-o', file, SOURCE], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By hand, from what C says of the source; `counter` is 7 when it is added and when the program ends. */
const PRINTED = [
  '0000000000000003', '0123456789abcdef', '000000000000004d', '0000000000000063', '00000000000003e8', 'fffffffffffffffb', '0000000000000005', '0000000000000006',
  // 3 + 4 + 7
  '000000000000000e',
  // 2.0 * 1.5 - 3.25 is cut to 0; 10.0 * 0.5 + 1000 is 1005.
  '00000000000003ed',
  // 'a' - 2 + 3 + 4 + 5 + 6
  '0000000000000071',
  // 0x0123456789abcdef rotated by 13 is 0x68acf13579bde024.
  '3faa8235b3435a9a',
  'twoone',
];

describe.runIf(hasTool(GCC))('what gcc -S writes', () => {
  it.each([
    '-O0', '-O1 -g', '-O2', '-O2 -mcpu=cell -maltivec -g', '-O3 -mcpu=cell -ffunction-sections -fdata-sections',
    '-O2 -mcmodel=small', '-O2 -mcmodel=large -fno-asynchronous-unwind-tables',
  ])('runs: %s', async (options) => {
    const io = fakeIo({ 'compiled.s': compile(options.split(' ')) });
    const status = await runCommand(['compiled.s'], io);
    expect(io.printed.err).toBe('');
    expect(io.printed.out.split('\n').slice(0, PRINTED.length)).toEqual(PRINTED);
    expect(status).toBe(7);
  });
});
