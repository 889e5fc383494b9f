/** Lines that ran, in the format of geninfo(1); which they are is read off the sources by hand. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writePath } from '../../src/cli/files.ts';
import { refault } from '../support/refault.ts';

const BRANCH = `_start: li      r3, 1
        cmpwi   r3, 1
        beq     taken
        li      r4, 2
taken:  li      r0, 234
        li      r3, 0
        sc
        .data
cell:   .long   7
`;

const SPU = `_start: il      $3, 1
        brnz    $3, over
        il      $3, 2
over:   stop    0x2000
`;

describe('--coverage', () => {
  it('has the lines of code that ran with 1, the one that was jumped over with 0, and no lines of data', async () => {
    const { status, written } = await refault(['run', 'p.s', '--coverage', 'p.info'], { 'p.s': BRANCH });
    expect(status).toBe(0);
    expect(written.get('p.info')).toMatch(/^TN:\nSF:p\.s\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,0\nDA:5,1\nDA:6,1\nDA:7,1\nLH:6\nLF:7\nend_of_record\n$/);
  });

  it('has lines of SPU programs, with --json too', async () => {
    const { written } = await refault(['run', 'p.spu.s', '--json', '--coverage=p.info'], { 'p.spu.s': SPU });
    expect(written.get('p.info')).toBe('TN:\nSF:p.spu.s\nDA:1,1\nDA:2,1\nDA:3,0\nDA:4,1\nLH:3\nLF:4\nend_of_record\n');
  });

  it('tells what the two kernels make of retry.s: without NOPAGE_RETRY the handler of the alarm never runs', async () => {
    const name = 'examples/retry.s';
    const source = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
    const lineAt = (text: string, below = 0): number => source.split('\n').findIndex((line) => line.startsWith(text)) + 1 + below;
    const counted = async (kernel: string): Promise<(number | undefined)[]> => {
      const { written } = await refault(['run', name, '--kernel', kernel, '--coverage', 'p.info'], { [name]: source });
      const counts = new Map([...(written.get('p.info') ?? '').matchAll(/^DA:(\d+),([01])$/gm)].map(([, line, count]) => [Number(line), Number(count)]));
      // The start, the store that faults, what follows it, the handler, and the SPU program, which spins beside all that.
      return [lineAt('_start:', 1), lineAt('touch:'), lineAt('touch:', 1), lineAt('on_alarm:', 1), lineAt('count:')].map((line) => counts.get(line));
    };
    expect(await counted('2.6.18')).toEqual([1, 1, 0, 0, 1]);
    expect(await counted('2.6.18-retry')).toEqual([1, 1, 1, 1, 1]);
  });

  it('is nothing where it is not asked for', async () => {
    expect((await refault(['run', 'p.s'], { 'p.s': BRANCH })).written.size).toBe(0);
  });

  it('says why a file cannot be written', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'refault-'));
    onTestFinished(() => { rmSync(folder, { recursive: true }); });
    await expect(writePath(folder, '')).rejects.toThrow('is a folder; name a file in it.');
    await expect(writePath(path.join(folder, 'none', 'p.info'), '')).rejects.toThrow('its folder does not exist; make it first.');
    await writePath(path.join(folder, 'p.info'), 'TN:\n');
    expect(readFileSync(path.join(folder, 'p.info'), 'utf8')).toBe('TN:\n');
  });
});
