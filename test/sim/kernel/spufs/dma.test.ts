/** Page faults of an SPE's DMA (facts 5.2; 7, rows 52-54). */
import { describe, expect, it } from 'vitest';
import { only } from './busy.ts';
import { faultsOf, KERNELS, pathsOf, runSpufs, spufsFaults } from './programs.ts';

const SIGBUS = 7;
const SIGALRM = 14;
const SI_KERNEL = 0x80;

/** An SPU program that transfers `size` bytes between its address 0x100 and an address of the program, and waits. */
const transfer = (name: string, opcode: number, ea: string, size: number): string => `
        .section .spu.${name}, "ax"
        il      $2, 0
        il      $3, 0x10c
        ilhu    $4, (${ea})@h
        iohl    $4, (${ea})@l
        il      $5, ${String(size)}
        il      $6, ${String(opcode)}
        ila     $10, 0xbeef
        stqa    $10, 0x100
        stqa    $10, 0x110
        shlqbyi $10, $10, 0
        rotqbyi $10, $10, 4
        stqa    $10, 0x100
        transfer $3, $7
        stop    7
        .text`;
const PUT = 0x20;
const GET = 0x40;

describe('DMA', () => {
  const RUN = `
        create  a
        mr      r30, r3
        load_program a_mem, dma, dma_end
        run_context r30, npc, status
        show`;

  it.each(KERNELS)('row 53: to a page that was never touched: MINOR for the thread in spu_run, and the DMA goes on: %s', (kernel) => {
    const run = runSpufs(`${RUN}
        show_word fresh + 0xc
        quit    0
        ${transfer('dma', PUT, 'fresh@ppu + 0xc', 4)}
        .bss
        .balign 4096
fresh:  .space  4096
        .text`, { kernel });
    expect(run.shown).toEqual([(7 << 16) | 2, 0xbeef]);
    const fault = only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'));
    expect(fault).toMatchObject({
      task: 1000, context: 'a', spe: 0, command: 'put', access: 'write', mapping: '[anon]', handler: 'anonymous', handlerAnswer: 'none',
      coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, outcome: 'MINOR', effect: { pte: 'core', counters: ['min_flt', 'pgfault'] },
    });
    // The instruction that entered the command: wrch to MFC_Cmd.
    expect(fault).toMatchObject({ pc: 17 * 4, tag: 0 });
    expect(pathsOf(fault)).toEqual(['spu_handle_mm_fault', 'handle_mm_fault', '__handle_mm_fault', 'handle_pte_fault', 'do_anonymous_page',
      'handle_pte_fault', '__handle_mm_fault', 'handle_mm_fault', 'spu_handle_mm_fault']);
    // No preload for the SPE: a second storage fault finds the PTE and fills the hash table (facts 5.2).
    expect(run.machine.state.counters.mfcHashRefill).toBeGreaterThan(0);
  });

  it('row 53: from a file on the disk: MAJOR', () => {
    const run = runSpufs(`
        address r3, path
        li      r4, O_RDONLY
        system  5
        mr      r7, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 1
        li      r6, 0x11
        li      r8, 0
        system  90
        ${RUN}
        quit    0
        ${transfer('dma', GET, '0x3000000c', 4)}
        .section .rodata
path:   .asciz  "/host/data"
        .text`, { hostFiles: { list: (path) => (path === '' ? [{ name: 'data', kind: 'file' }] : undefined), read: () => new Uint8Array(4096).fill(7) } });
    expect(run.shown).toEqual([(7 << 16) | 2]);
    expect(only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'))).toMatchObject({
      command: 'get', mapping: '/host/data', outcome: 'MAJOR', coreAnswer: { value: 3 }, effect: { counters: ['pgfault', 'maj_flt', 'pgmajfault'].sort() },
    });
  });

  it.each(KERNELS)('row 52: where nothing is mapped: SIGBUS that says nothing, for the thread in spu_run: %s', (kernel) => {
    const run = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', GET, '0x5000000c', 4)}`, { kernel });
    expect(run.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
    const fault = only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'));
    expect(fault).toMatchObject({
      ea: 0x5000_000cn, mapping: '', handlerAnswer: 'none', coreAnswer: undefined, outcome: 'SIGBUS',
      effect: { pte: 'nobody', signal: { number: SIGBUS, code: SI_KERNEL, address: 0n }, counters: [] },
    });
    expect(pathsOf(fault)).toEqual(['spu_handle_mm_fault']);
  });

  it('row 52: beyond the user region of 16 TiB too; in the kernel\'s own region nobody is told', () => {
    const beyond = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', GET, '0x100c', 4).replace('il      $2, 0', 'il $2, 0\nil $7, 0x2000')}`);
    expect(beyond.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
    const kernel = runSpufs(`handle SIGALRM, alarm_action\nset_alarm in5ms\n${RUN}\nquit 0${transfer('dma', GET, '0x100c', 4).replace('il      $2, 0', 'il $2, 0\nilhu $7, 0xc000')}`);
    expect(kernel.shown).toEqual([-4]);
    expect(kernel.notices).toEqual(['A DMA of the SPE context a went to 0xc00000000000100c, outside the user region. Linux 2.6.18-retry takes no notice of that: the DMA never ends.']);
    expect(faultsOf(kernel.machine).filter(({ origin }) => origin === 'mfc')).toEqual([]);
  });

  it('to memory that may not be written: SIGBUS', () => {
    const run = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', PUT, 'a_mem@ppu', 16).replace('0x10c', '0x100')}`.replace('a_mem@ppu)@h', '(a_mem@ppu) & ~15)@h').replace('a_mem@ppu)@l', '(a_mem@ppu) & ~15)@l'));
    expect(run.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
  });

  /** a's program stores a word to signal1 of b, which is mapped at 0x30000000. */
  const TO_REGISTERS = `
        create  a
        mr      r30, r3
        create  b
        load_program a_mem, dma, dma_end
        open_file b_signal1, O_RDWR
        mr      r7, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x11
        li      r8, 0
        system  90
        mr      r28, r3`;

  it.each(KERNELS)('row 54: to registers of a SAVED context: the thread in spu_run puts it on an idle SPE: %s', (kernel) => {
    const run = runSpufs(`${TO_REGISTERS}
        run_context r30, npc, status
        show
        lwz     r3, SIGNAL1(r28)
        show
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel, configuration: { spes: 2 } });
    expect(run.shown).toEqual([(7 << 16) | 2, 0xbeef]);
    const fault = only(spufsFaults(run));
    expect(fault).toMatchObject({ origin: 'mfc', context: 'a', spe: 0, mapping: '/spu/b/signal1', handler: 'spufs_ps_nopage', outcome: 'MINOR', waited: 0 });
    expect(pathsOf(fault).filter((path) => path === 'spufs_ps_nopage').length).toBeGreaterThan(1);
  });

  it.each(KERNELS)('row 54: with one SPE it waits for ever for the SPE that its own context has: %s', (kernel) => {
    const run = runSpufs(`${TO_REGISTERS}
        run_context r30, npc, status
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel });
    expect(run.stop.kind === 'deadlock' && run.stop.report.sentence).toMatch(
      /^No thread can run and no event is due\. Thread 1000 \(test\.s\) waits for the SPE run queue at priority 120, held by \/spu\/a on SPE 0/,
    );
  });

  it.each([['2.6.18', 'SIGBUS', 'NOPAGE_SIGBUS'], ['2.6.18-retry', 'RETRY', 'NOPAGE_RETRY']] as const)(
    'row 54: a signal breaks that: %s', (kernel, outcome, handlerAnswer) => {
      const run = runSpufs(`${TO_REGISTERS}
        handle  SIGALRM, alarm_action
        handle  7, fault_action
        set_alarm in5ms
        run_context r30, npc, status
        show
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel });
      const [fault] = spufsFaults(run);
      expect(fault).toMatchObject({ origin: 'mfc', outcome, handlerAnswer, interruptedBy: SIGALRM });
      // SIGBUS for the thread, or the DMA restarted and spu_run interrupted: EINTR.
      expect(run.shown[0]).toBe(outcome === 'SIGBUS' ? SIGBUS : -4);
    },
  );
});
