/** What checkpoints keep stays within the limit, files on the disk included. */
import { expect, it } from 'vitest';
import { machineFor } from '../../support/machine.ts';

const MIB = 1 << 20;
const FILE_BYTES = 3 * MIB;
const LIMIT = 16 * MIB;
const TAKEN = 20;

/** Writes a file of three MiB, and turns round and round. */
const SOURCE = `
        .globl  _start
_start: lis     r3, name@ha
        addi    r3, r3, name@l
        li      r4, 0102
        li      r5, 0644
        li      r0, 5
        sc
        lis     r4, data@ha
        addi    r4, r4, data@l
        lis     r5, 0x30
        li      r0, 4
        sc
loop:   addi    r6, r6, 1
        b       loop
        .data
name:   .asciz  "/tmp/f"
        .bss
data:   .space  ${String(FILE_BYTES)}
`;

it('counts the disk, keeps the first checkpoint and the last, and leads back through both', () => {
  const { machine } = machineFor({ name: 'file.s', source: SOURCE, historyBytes: LIMIT, configuration: { ramBytes: 16 * MIB } });
  const { history } = machine;
  if (!history) throw new Error('The machine keeps a history.');
  for (let i = 0; i < TAKEN; i += 1) {
    machine.run(100_000, machine.place + 50_000);
    history.take();
  }
  const file = [...machine.state.frames.cached.values()].find(({ inode }) => inode.path === '/tmp/f')?.inode;
  expect(file?.content).toMatchObject({ kind: 'regular', size: FILE_BYTES });
  expect(history.bytes).toBeLessThanOrEqual(LIMIT);
  expect(history.checkpoints.length).toBeLessThan(TAKEN);
  const { place } = machine;
  const hash = machine.hash();
  const [first] = history.checkpoints;
  if (first) history.restore(first);
  expect(machine.place).toBeLessThan(place);
  while (machine.place < place) machine.run(1_000_000, place);
  expect(machine.hash()).toBe(hash);
});
