/**
 * Whole programs give the bytes that GNU as 2.40 and ld give (`samples/*.expected`, what
 * `objdump -s` shows of them; `layout.ld` puts sections where this assembler does). Where the
 * GNU tools are installed, the expected files themselves are checked too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assembleFiles, byteAt } from '../../../support/assembly.ts';
import { hasTool } from '../../../support/oracle.ts';

const FOLDER = fileURLToPath(new URL('samples/', import.meta.url));
/** `compiled.s` is what gcc 12.2 made of `compiled.c` with -O2. */
const SAMPLES = ['expressions', 'data', 'macros', 'code', 'compiled'] as const;

const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** Address and bytes of each line of an `objdump -s` listing. */
function dumped(listing: string): { address: number; bytes: Uint8Array }[] {
  return [...listing.matchAll(/^ ([0-9a-f]{8}) (.{35})/gm)].map(([, address = '', digits = '']) => ({
    address: parseInt(address, 16),
    bytes: new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex')),
  }));
}

function gnu(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'samples-'));
  try {
    const run = (tool: string, ...args: string[]): string => {
      const { status, stdout, stderr } = spawnSync(`powerpc64-linux-gnu-${tool}`, args, { encoding: 'utf8', cwd: folder });
      if (status !== 0) throw new Error(`${tool}: ${stderr}`);
      return stdout;
    };
    writeFileSync(join(folder, 'sample.s'), source);
    run('as', '-mcell', '-maltivec', '-mregnames', 'sample.s', '-o', 'sample.o');
    run('ld', '--no-toc-optimize', '-T', join(FOLDER, 'layout.ld'), 'sample.o', '-o', 'sample');
    return run('objdump', '-s', 'sample');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(SAMPLES)('the sample %s', (name) => {
  const source = read(`${name}.s`);
  const expected = dumped(read(`${name}.expected`));

  it('has the bytes that GNU as and ld make', () => {
    const { segments } = assembleFiles({ [`${name}.s`]: source }).program;
    expect(expected.length).toBeGreaterThan(5);
    for (const { address, bytes } of expected) {
      const ours = Array.from(bytes, (_, i) => byteAt(segments, address + i));
      expect(ours, address.toString(16)).toEqual([...bytes]);
    }
    const gnuEnd = Math.max(...expected.map(({ address, bytes }) => address + bytes.length));
    const end = Math.max(...segments.map((segment) => segment.address + segment.bytes.length));
    expect(end).toBe(gnuEnd);
  });

  it.runIf(hasTool('powerpc64-linux-gnu-as'))('is what GNU as and ld make today', () => {
    expect(dumped(gnu(source))).toEqual(expected);
  });
});

it('gives the SPU code that GNU as for spu-elf gives', () => {
  const { spuImages } = assembleFiles({ 'spu.spu.s': read('spu.spu.s') }).program;
  for (const { address, bytes } of dumped(read('spu.expected'))) {
    const ours = Array.from(bytes, (_, i) => byteAt(spuImages[0]?.segments ?? [], address + i));
    expect(ours, address.toString(16)).toEqual([...bytes]);
  }
});
