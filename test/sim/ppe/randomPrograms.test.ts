/**
 * Random programs, here and on QEMU. REFAULT_SEED sets the first seed and REFAULT_SEEDS how many
 * there are, so a failure repeats with REFAULT_SEED=n REFAULT_SEEDS=1.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { profileOf } from '../../../src/sim/kernel/profile/lookup.ts';
import { DEFAULT_CONFIGURATION, Machine } from '../../../src/sim/machine.ts';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../../../src/sim/ppe/style.ts';
import { Disassembler } from '../../../src/sim/program/disassemble.ts';
import { loadProgram } from '../../../src/sim/program/load.ts';
import { Interpreters } from '../../../src/sim/run/interpreters.ts';
import { EMULATOR } from '../../support/programs.ts';
import { hasTool } from '../../support/oracle.ts';
import { firstDifference, randomProgram } from '../../support/randomPrograms/program.ts';
import { Random } from '../../support/randomPrograms/random.ts';

const FIRST_SEED = Number(process.env['REFAULT_SEED'] ?? 1);
const SEEDS = Number(process.env['REFAULT_SEEDS'] ?? 12);
const BLOCKS = 60;
const CYCLES = 1e7;
const RAM_BYTES = 8 << 20;
const MOST_OUTPUT = 1 << 22;

const interpreters = new Interpreters();
const disassembler = new Disassembler(PPC, PPC_STYLE);

function runHere(elf: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  const machine = new Machine(
    { program: loadProgram({ name: 'random', bytes: elf }).program, args: [], env: {}, profile: profileOf(undefined), configuration: { ...DEFAULT_CONFIGURATION, ramBytes: RAM_BYTES, spes: 0 }, hostFiles: undefined },
    { output: (_, bytes) => { pieces.push(bytes.slice()); }, notice: (text) => { throw new Error(text); } },
    interpreters,
  );
  expect(machine.run(CYCLES)).toMatchObject({ kind: 'exit', exit: { kind: 'exit', code: 0 } });
  return Uint8Array.from(Buffer.concat(pieces));
}

describe.skipIf(!hasTool(EMULATOR, 'qemu-user'))('a random program ends in the state that it has on QEMU', () => {
  const folder = mkdtempSync(join(tmpdir(), 'random-programs-'));
  afterAll(() => { rmSync(folder, { recursive: true }); });

  it.each(Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i))('seed %i', (seed) => {
    const { elf, blocks } = randomProgram(new Random(seed), BLOCKS);
    const file = join(folder, `seed-${seed}`);
    writeFileSync(file, elf, { mode: 0o755 });
    const theirs = new Uint8Array(execFileSync(EMULATOR, ['-cpu', '970', file], { maxBuffer: MOST_OUTPUT, timeout: 60_000 }));
    rmSync(file);
    const difference = firstDifference(runHere(elf), theirs, BLOCKS);
    if (!difference) return;
    const listing = (blocks[difference.block] ?? []).map((word) => {
      const { mnemonic, operands } = disassembler.disassemble(word, 0n);
      return `  ${mnemonic} ${operands}`;
    });
    expect.fail([`seed ${seed}, block ${difference.block}: ${difference.what}, after`, ...listing].join('\n'));
  });
});
