/** C programs of every kind do on Refault what they do on QEMU's user mode, or what Linux documents where that is wrong. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, COMPILER, EMULATOR, guestPrograms, runOnQemu, runOnRefault, versionOf } from './support/programs.ts';

const MACHINES = [['-O0', '4K'], ['-O2', '4K'], ['-Os', '64K']] as const;
const PROGRAMS = guestPrograms();

const missing = [COMPILER, EMULATOR].filter((tool) => versionOf(tool) === '');
if (missing.length > 0) {
  const sentence = `The C programs in test/programs need ${missing.join(' and ')}; on Debian: apt-get install gcc-powerpc64-linux-gnu libc6-dev-ppc64-cross qemu-user`;
  if (process.env['CI']) throw new Error(sentence);
  console.warn(`SKIPPED: ${sentence}`);
}

describe.skipIf(missing.length > 0).each(MACHINES)('made with %s, on pages of %s', (level, pageSize) => {
  const files = new Map<string, string>();

  beforeAll(async () => {
    const waiting = [...PROGRAMS];
    const work = async (): Promise<void> => {
      for (let program = waiting.shift(); program; program = waiting.shift()) files.set(program.name, await compile(program, level));
    };
    await Promise.all([work(), work()]);
  });

  it.each(PROGRAMS)('$name', async (program) => {
    const file = files.get(program.name) ?? '';
    const [ran, expected] = await Promise.all([runOnRefault(program, file, pageSize), program.expected ?? runOnQemu(program, file)]);
    expect(ran).toEqual({ ...expected, notices: [] });
  });
});
