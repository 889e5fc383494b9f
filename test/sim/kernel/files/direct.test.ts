/** O_DIRECT: get_user_pages at work for a program (facts 2.4, 7 rows 48 to 50). */
import { describe, expect, it } from 'vitest';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import type { DeviceAnswer } from '../../../../src/sim/kernel/files/state.ts';
import { runSpufs } from '../spufs/programs.ts';
import { hostFolder, runAssembly, type AssemblyRun, type RunOptions } from '../assembly.ts';

const O_DIRECT = 0o400000;
const DATA = hostFolder({ data: `${'A'.repeat(4096)}${'B'.repeat(4096)}tail` });

function open(path: string, flags: number): string {
  return `
        .section .rodata
file:   .asciz  "${path}"
        .text
        address r3, file
        lis     r4, ${String(flags >> 16)}
        ori     r4, r4, ${String(flags & 0xffff)}
        li      r5, 0644
        system  5
        mr      r30, r3`;
}
const BUFFER = `
        quit    0
        .bss
        .balign 4096
buffer: .space  16384
        .text`;

function run(body: string, options: RunOptions = {}): AssemblyRun {
  return runAssembly(body, { hostFiles: DATA, ...options });
}

describe('O_DIRECT', () => {
  it('reads into fresh pages: faults of the kernel that get_user_pages makes, and no page cache', () => {
    const done = run(`${open('/host/data', O_DIRECT)}
        mr      r3, r30
        address r4, buffer
        li      r5, 8192
        system  3
        show
        address r4, buffer
        lbz     r3, 4096(r4)
        show${BUFFER}`);
    expect(done.shown).toEqual([8192, 'B'.charCodeAt(0)]);
    const faults = readFaults(done.machine.state.faults, 0, 100).filter(({ origin, trail }) => origin === 'kernel' && !trail.some(({ path }) => path === 'do_page_fault'));
    expect(faults.map(({ outcome, access }) => [outcome, access])).toEqual([['MINOR', 'write'], ['MINOR', 'write']]);
    expect(done.machine.state.frames.reads.size + [...done.machine.state.frames.cached.values()].filter(({ inode }) => inode.path === '/host/data').length).toBe(0);
  });

  it('stops at the end of the file, and goes on from where it was', () => {
    const done = run(`${open('/host/data', O_DIRECT)}
        mr      r3, r30
        address r4, buffer
        li      r5, 16384
        system  3
        show
        mr      r3, r30
        address r4, buffer
        li      r5, 512
        system  3
        show${BUFFER}`);
    expect(done.shown).toEqual([8196, -22]);
  });

  it('wants sectors, and buffers that can be written', () => {
    const done = run(`${open('/host/data', O_DIRECT)}
        mr      r3, r30
        address r4, buffer
        li      r5, 100
        system  3
        show
        mr      r3, r30
        lis     r4, 0x5000
        li      r5, 512
        system  3
        show${BUFFER}`);
    expect(done.shown).toEqual([-22, -14]);
  });

  it('writes to the disk past the page cache, which loses what it had', () => {
    const done = run(`${open('/tmp/data', 0o102)}
        mr      r3, r30
        address r4, buffer
        li      r5, 1024
        system  4
        mr      r3, r30
        li      r4, 4
        lis     r5, 2
        system  55
        address r4, buffer
        li      r5, 99
        stb     r5, 0(r4)
        mr      r3, r30
        li      r5, 512
        li      r6, 512
        system  180
        show
        mr      r3, r30
        li      r4, 4
        li      r5, 0
        system  55
        mr      r3, r30
        address r4, buffer
        li      r5, 513
        li      r6, 0
        system  179
        show
        address r4, buffer
        lbz     r3, 512(r4)
        show${BUFFER}`);
    expect(done.shown).toEqual([512, 513, 99]);
  });
});

describe('get_user_pages', () => {
  const device = (answers: readonly Partial<DeviceAnswer>[]): RunOptions => ({
    configuration: { devices: [{ name: 'ring', size: 0x10000, answers: answers.map((answer) => ({ answer: 'page', count: 1, cycles: 0, interruptible: false, ...answer })) }] },
  });
  const READ_INTO_DEVICE = `${open('/host/data', O_DIRECT)}
        .section .rodata
ring:   .asciz  "/dev/ring"
        .text
        address r3, ring
        li      r4, 2
        system  5
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 1
        li      r8, 0
        system  90
        mr      r4, r3
        mr      r3, r30
        li      r5, 512
        system  3
        show${BUFFER}`;

  it('row 50: a handler that answers RETRY is asked again in the kernel, one min_flt for each', () => {
    const done = run(READ_INTO_DEVICE, device([{ answer: 'retry', count: 3 }, { answer: 'page', count: Infinity }]));
    expect(done.shown).toEqual([512]);
    const faults = readFaults(done.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/dev/ring');
    expect(faults.map(({ outcome, attempt, origin }) => [outcome, attempt, origin])).toEqual([['RETRY', 1, 'kernel'], ['RETRY', 2, 'kernel'], ['RETRY', 3, 'kernel'], ['MINOR', 4, 'kernel']]);
    expect(faults.every(({ effect }) => effect.counters.includes('min_flt'))).toBe(true);
  });

  it('row 50: for ever, if it never has a page; a signal does not end it, and on one hardware thread nobody else runs', () => {
    const never = device([{ answer: 'retry', count: Infinity }]);
    const done = run(READ_INTO_DEVICE.replace('mr      r4, r3\n', `mr      r4, r3
        mr      r28, r3
        li      r3, 1
        system  27
        mr      r4, r28
`), { configuration: { ...never.configuration, ppeThreads: 1, cyclesPerSecond: 100_000 }, cycles: 1_000_000 });
    expect(done.stop.kind).toBe('budget');
    expect(done.shown).toEqual([]);
    expect([...done.machine.state.tasks.values()][0]?.pending.queue.length).toBe(0);
    expect([...done.machine.state.tasks.values()][0]?.group.pending.queue.map(({ number }) => number)).toEqual([14]);
  });

  it('row 51: a futex in the registers of a context is EPERM where their mapping is VM_IO', () => {
    const wake = `
        create  a
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        li      r4, 1
        li      r5, 1
        system  221
        show
        quit    0`;
    expect(runSpufs(wake, { kernel: { base: '2.6.18', spufsMappingsAreIo: true } }).shown).toEqual([-1]);
    expect(runSpufs(wake, { kernel: '2.6.18' }).shown).toEqual([0]);
  });

  it('row 48: brings in the register page of a context; one that is not to be had is EFAULT', () => {
    const READ = (expected: string): string => `
        create  a
        mr      r27, r3
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        .section .rodata
data:   .asciz  "/host/data"
        .text
        address r3, data
        lis     r4, 2
        system  5
        mr      r26, r3${expected}
        mr      r3, r26
        mr      r4, r28
        li      r5, 512
        system  3
        show
        quit    0`;
    expect(runSpufs(READ(''), { kernel: '2.6.18', hostFiles: DATA }).shown).toEqual([512]);
    const dead = `
        mr      r3, r27
        system  6`;
    expect(runSpufs(READ(dead), { kernel: '2.6.18', hostFiles: DATA }).shown).toEqual([-14]);
    // Row 49: where the mapping is VM_IO nobody is asked.
    const refused = runSpufs(READ(''), { kernel: { base: '2.6.18', spufsMappingsAreIo: true }, hostFiles: DATA });
    expect(refused.shown).toEqual([-14]);
    expect(readFaults(refused.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/spu/a/signal1')).toEqual([]);
  });
});
