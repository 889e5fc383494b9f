/** C programs of every kind do on Refault what they do on QEMU's user mode, or what Linux documents where that is wrong. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, COMPILER, EMULATOR, guestPrograms, runOnQemu, runOnRefault, versionOf } from '../support/programs.ts';

const COMPILE_MILLISECONDS = 600_000;

/** Compares every program, made with one level of optimisation, on pages of one size. */
export function comparePrograms(level: string, pageSize: '4K' | '64K'): void {
  const programs = guestPrograms();
  const files = new Map<string, string>();

  describe.skipIf(!hasTools())(`made with ${level}, on pages of ${pageSize}`, () => {
    beforeAll(async () => {
      const waiting = [...programs];
      const work = async (): Promise<void> => {
        for (let program = waiting.shift(); program; program = waiting.shift()) files.set(program.name, await compile(program, level));
      };
      await Promise.all([work(), work()]);
    }, COMPILE_MILLISECONDS);

    it.each(programs)('$name', async (program) => {
      const file = files.get(program.name) ?? '';
      const [ran, expected] = await Promise.all([runOnRefault(program, file, pageSize), program.expected ?? runOnQemu(program, file)]);
      expect(ran).toEqual({ ...expected, notices: [] });
    });
  });
}

/** In CI the comparison has to be made; elsewhere what is missing is said. */
function hasTools(): boolean {
  const missing = [COMPILER, EMULATOR].filter((tool) => versionOf(tool) === '');
  if (missing.length === 0) return true;
  const sentence = `The C programs in test/programs need ${missing.join(' and ')}; on Debian: apt-get install gcc-powerpc64-linux-gnu libc6-dev-ppc64-cross qemu-user`;
  if (process.env['CI']) throw new Error(sentence);
  console.warn(`SKIPPED: ${sentence}`);
  return false;
}
