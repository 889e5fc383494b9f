/** Rows 38 to 45: mapped local stores, and drivers that install PTEs themselves. */
import { describe, expect } from 'vitest';
import type { DeviceAnswer } from '../../src/sim/kernel/files/state.ts';
import {
  ALL, endOf, expectFaults, faultsIn, GIVES_PAGE, type Expected, type KernelName, minFlt, NAMES, refused, row, served, spufsServed,
} from './scenario.ts';

const MEM_A = '/spu/a/mem';
const LATER: readonly KernelName[] = ['2.6.21', '2.6.23', '2.6.25', '2.6.27', '2.6.30'];

describe('the local store', () => {
  row(38, 'the context moves while it is mapped', ALL, `
        create  a
        mr      r27, r3
        load_program a_mem, forever, forever_end
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        lwz     r3, 0(r28)
        start_thread runner, stack1_top, tid1
        sleep_for ms1
        lwz     r3, 0(r28)
        show
        quit    0
runner: run_context r27, npc, status
        end_thread`, (run, kernel) => {
    expectFaults(faultsIn(run, MEM_A), [spufsServed(kernel), spufsServed(kernel)]);
    // br 0, in the local store of the SPE as in the image.
    expect(run.shown).toEqual([0x32000000]);
  });

  const beyond = `
        create  a
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 0x1000, MAP_SHARED, 0x40000
        lwz     r3, 0(r3)
        quit    0`;
  row(39, 'beyond 256 KiB', GIVES_PAGE, beyond, (run, kernel) => {
    expectFaults(faultsIn(run, MEM_A), [served(kernel, 'page')]);
    expect(endOf(run)).toBe('exit 0');
  });
  row(40, 'beyond 256 KiB', LATER, beyond, (run, kernel) => {
    expectFaults(faultsIn(run, MEM_A), [refused(kernel, 'spufs')]);
    expect(endOf(run)).toBe('signal 7');
  });

  row(42, 'a private mapping', ALL, `
        create  a
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 4096, MAP_PRIVATE
        show
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096, MAP_PRIVATE
        show
        quit    0`, (run) => { expect(run.shown).toEqual([-22, -22]); });
});

describe('stale pages', () => {
  /** A file that needs a saved takes it off its SPE, which b gets; the word goes to b. */
  row(41, 'psmap after the context has moved', ['2.6.19'], `
        create  a
        mr      r27, r3
        load_program a_mem, halt_now, halt_now_end
        address r3, a_psmap
        li      r4, O_RDWR
        system  5
        mr      r29, r3
        map_file r29, 0x20000
        mr      r28, r3
        addis   r28, r28, 1
        lwz     r3, 0x400c(r28)
        create  b
        mr      r30, r3
        load_program b_mem, halt_now, halt_now_end
        open_file a_regs, O_RDONLY
        mr      r26, r3
        read_bytes r26, buffer, 16
        run_context r30, npc, status
        li      r5, 77
        stw     r5, 0x400c(r28)
        open_file b_signal1, O_RDWR
        mr      r29, r3
        read_bytes r29, word, 4
        show_word word
        quit    0
        .section .rodata
a_psmap: .asciz "/spu/a/psmap"
        .text`, (run) => {
    // One fault, that of the first read: nobody told the mapping that the SPE is now b's.
    expect(faultsIn(run, '/spu/a/psmap')).toHaveLength(1);
    expect(run.shown).toEqual([77]);
  });
});

describe('drivers', () => {
  const answers = (...list: readonly Partial<DeviceAnswer>[]): { readonly configuration: object } => ({
    configuration: {
      devices: [{ name: 'driver', size: 0x1000, answers: list.map((answer) => ({ answer: 'page', count: 1, cycles: 0, interruptible: false, ...answer })) }],
    },
  });
  const touch = (access: string): string => `
        address r3, driver
        li      r4, O_RDWR
        system  5
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        ${access}
        quit    0
        .section .rodata
driver: .asciz "/dev/driver"
        .text`;
  const again = (kernel: KernelName, pte: Expected['pte']): Expected => ({
    handlerAnswer: NAMES[kernel].file[1], core: NAMES[kernel].fileAgain, outcome: 'RETRY', pte, counters: ['min_flt', 'pgfault'],
  });
  const knowing = ALL.filter((kernel) => kernel !== '2.6.18');

  row(43, 'it installs the PTE itself and asks for the access again', knowing, touch('stw r4, 0(r28)'), (run, kernel) => {
    expectFaults(faultsIn(run, '/dev/driver'), [again(kernel, 'handler')]);
    expect(endOf(run)).toBe('exit 0');
  }, answers({ answer: 'installAndRetry' }));
  row(43, 'it has no word for that', ['2.6.18'], touch('stw r4, 0(r28)'), (run, kernel) => {
    expectFaults(faultsIn(run, '/dev/driver'), [refused(kernel, 'file')]);
  }, answers({ answer: 'installAndRetry' }));

  row(44, 'it asks for the access again and installs nothing', knowing, touch('stw r4, 0(r28)'), (run, kernel) => {
    const faults = faultsIn(run, '/dev/driver');
    expectFaults(faults.slice(0, 2), [again(kernel, 'nobody'), again(kernel, 'nobody')]);
    expect(endOf(run)).toBe('budget');
    expect(faults.length).toBeGreaterThan(500);
    expect(minFlt(run)).toBeGreaterThan(faults.length - 1);
    expect(run.notices.filter((notice) => notice.startsWith('Livelock: '))).toHaveLength(1);
  }, { ...answers({ answer: 'retry', count: Infinity }), cycles: 1_000_000 });

  row(45, 'vm_insert_pfn finds a PTE', knowing, touch(`start_thread toucher, stack1_top, tid1
        stw     r4, 0(r28)
        join_thread tid1
        quit    0
toucher: stw    r4, 4(r28)
        end_thread`), (run, kernel) => {
    expectFaults(faultsIn(run, '/dev/driver'), [again(kernel, 'handler'), again(kernel, 'nobody')]);
    expect(endOf(run)).toBe('exit 0');
  }, answers({ answer: 'wait', count: 2, cycles: 50_000 }, { answer: 'installAndRetry', count: 2 }));
});
