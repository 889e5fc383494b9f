/** What SPEs and the PPE share: reservations of lines, registers and local stores that are mapped, the proxy queue. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSpufs } from './programs.ts';

const STOPPED = 2;

/** Sets the parameters of an MFC command; EA@ppu is an address of the PowerPC side. */
const SPU_MACROS = `
        .macro  parameters lsa, ea, size, tag
        ila     $100, \\lsa
        ilhu    $101, (\\ea)@h
        iohl    $101, (\\ea)@l
        il      $102, \\size
        il      $103, \\tag
        il      $104, 0
        wrch    $MFC_LSA, $100
        wrch    $MFC_EAH, $104
        wrch    $MFC_EAL, $101
        wrch    $MFC_Size, $102
        wrch    $MFC_TagID, $103
        .endm
        .macro  command opcode
        il      $105, \\opcode
        wrch    $MFC_Cmd, $105
        .endm
        .macro  wait_for tag
        il      $106, 1 << \\tag
        wrch    $MFC_WrTagMask, $106
        il      $106, 2
        wrch    $MFC_WrTagUpdate, $106
        rdch    $106, $MFC_RdTagStat
        .endm
`;

/** Adds 1 to the word at \`counter\` as often as said, with a pause between reservation and store. */
const adder = (name: string, times: number, pause: number): string => `
        .section .spu.${name}, "ax"
        parameters 0x1000, counter@ppu, 128, 0
        il      $3, ${String(times)}
        cwd     $4, 0($100)
1:      command 0xd0
        rdch    $5, $MFC_RdAtomicStat
        il      $6, ${String(pause)}
2:      ai      $6, $6, -1
        brnz    $6, 2b
        lqa     $7, 0x1000
        ai      $8, $7, 1
        shufb   $8, $8, $7, $4
        stqa    $8, 0x1000
        command 0xb4
        rdch    $5, $MFC_RdAtomicStat
        a       $9, $9, $5
        brnz    $5, 1b
        ai      $3, $3, -1
        brnz    $3, 1b
        wrch    $SPU_WrOutMbox, $9
        stop    1
        .text`;

const COUNTER = `
        .bss
        .balign 128
counter: .space 128
        .text`;

/** Runs a and b on threads of their own, while the main thread does \`meanwhile\`. */
const withBoth = (meanwhile: string): string => `
        create  a
        mr      r30, r3
        create  b
        mr      r29, r3
        load_program a_mem, first, first_end
        load_program b_mem, second, second_end
        address r26, counter
        li      r3, 0
        stw     r3, 4(r26)
        start_thread run_a, stack1_top, tid1
        start_thread run_b, stack2_top, tid2
        ${meanwhile}
        join_thread tid1
        join_thread tid2
        show_word status
        show_word status2
        show_word counter
        open_file a_mbox, O_RDONLY
        read_bytes r3, word, 4
        show_word word
        quit    0
run_a:  run_context r30, npc, status
        end_thread
run_b:  run_context r29, npc2, status2
        end_thread
`;

describe('a line that two SPEs and the PPE reserve', () => {
  /** The PPE's part: as often as said, with a pause in r27 instructions. */
  const ppeAdds = (times: number, pause: number): string => `
        li      r25, ${String(times)}
5:      lwarx   r4, 0, r26
        li      r5, ${String(pause)}
        mtctr   r5
6:      bdnz    6b
        addi    r4, r4, 1
        stwcx.  r4, 0, r26
        bne     5b
        addi    r25, r25, -1
        cmpwi   r25, 0
        bne     5b`;

  it('loses no addition, whatever the pauses', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (first, second, ppe) => {
      const { shown } = runSpufs(`${withBoth(ppeAdds(60, ppe))}${SPU_MACROS}${adder('first', 40, first)}${adder('second', 50, second)}${COUNTER}`, { configuration: { spes: 2 } });
      expect(shown.slice(0, 3)).toEqual([(1 << 16) | STOPPED, (1 << 16) | STOPPED, 150]);
    }), { numRuns: 12 });
  }, 60_000);

  it('has lost reservations to repeat', () => {
    const { shown } = runSpufs(`${withBoth('')}${SPU_MACROS}${adder('first', 40, 300)}${adder('second', 40, 290)}${COUNTER}`, { configuration: { spes: 2 } });
    expect(shown[2]).toBe(80);
    expect(shown[3]).toBeGreaterThan(0);
  });

  it('loses none either while a context is taken off its SPE again and again', () => {
    const { shown, machine } = runSpufs(`${withBoth(`
        open_file a_signal1, O_RDWR
        map_file r3, 4096
        mr      r28, r3
        li      r25, 20
5:      open_file a_regs, O_RDONLY              # takes it off
        mr      r24, r3
        read_bytes r24, buffer, 16
        close_file r24
        lwz     r3, SIGNAL1(r28)                # and puts it back
        li      r5, 2000
        mtctr   r5
6:      bdnz    6b
        addi    r25, r25, -1
        cmpwi   r25, 0
        bne     5b`)}${SPU_MACROS}${adder('first', 200, 100)}${adder('second', 60, 150)}${COUNTER}`, { configuration: { spes: 2 } });
    expect(shown.slice(0, 3)).toEqual([(1 << 16) | STOPPED, (1 << 16) | STOPPED, 260]);
    expect(machine.state.spufs.runQueue.switches).toBeGreaterThan(15);
  });

  it('is lost to a plain store of the PPE, which wakes an SPE that waits for that', () => {
    const { shown } = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, listener, listener_end
        address r26, counter
        li      r3, 0
        stw     r3, 64(r26)
        start_thread run_a, stack1_top, tid1
5:      lwz     r4, 128(r26)
        cmpwi   r4, 0
        beq     5b
        stb     r4, 127(r26)
        join_thread tid1
        show_word status
        quit    0
run_a:  run_context r30, npc, status
        end_thread
        ${SPU_MACROS}
        .section .spu.listener, "ax"
        il      $3, 0x400
        wrch    $SPU_WrEventAck, $3
        wrch    $SPU_WrEventMask, $3
        parameters 0x1000, counter@ppu, 128, 1
        command 0xd0
        rdch    $5, $MFC_RdAtomicStat
        parameters 0x1010, counter@ppu + 128, 16, 1
        il      $6, 1
        stqa    $6, 0x1010
        command 0x20
        rdch    $7, $SPU_RdEventStat
        ceq     $8, $7, $3
        brz     $8, 1f
        stop    2
1:      stop    3
        .bss
        .balign 128
counter: .space 256
        .text`);
    expect(shown).toEqual([(2 << 16) | STOPPED]);
  });
});

/** Maps a file of b at 0x30000000; r28 has the address. */
const mapOfB = (file: string, bytes: number): string => `
        open_file b_${file}, O_RDWR
        mr      r7, r3
        lis     r3, 0x3000
        lis     r4, (${String(bytes)})@h
        ori     r4, r4, (${String(bytes)})@l
        li      r5, 3
        li      r6, 0x11
        li      r8, 0
        system  90
        mr      r28, r3`;

describe('what is mapped of another SPE', () => {
  it('takes signals by sndsig', () => {
    const { shown } = runSpufs(`
        create  a
        mr      r30, r3
        create  b
        mr      r29, r3
        load_program a_mem, sender, sender_end
        load_program b_mem, receiver, receiver_end
        ${mapOfB('signal1', 4096)}
        start_thread run_b, stack2_top, tid2
        run_context r30, npc, status
        join_thread tid2
        open_file b_mbox, O_RDONLY
        read_bytes r3, word, 4
        show_word word
        show_word status2
        quit    0
run_b:  run_context r29, npc2, status2
        end_thread
        ${SPU_MACROS}
        .section .spu.sender, "ax"
        ila     $3, 0x2b00b
        stqa    $3, 0x1000
        stqa    $3, 0x1010
        parameters 0x100c, 0x3000000c, 4, 4
        rotqbyi $3, $3, 4
        stqa    $3, 0x1000
        command 0xa0
        wait_for 4
        stop    1
        .section .spu.receiver, "ax"
        rdch    $3, $SPU_RdSigNotify1
        wrch    $SPU_WrOutMbox, $3
        stop    5
        .text`, { configuration: { spes: 2 } });
    expect(shown).toEqual([0x2b00b, (5 << 16) | STOPPED]);
  });

  it('takes data into its local store, and code that it runs next', () => {
    const { shown } = runSpufs(`
        create  a
        mr      r30, r3
        create  b
        mr      r29, r3
        load_program a_mem, sender, sender_end
        load_program b_mem, receiver, receiver_end
        ${mapOfB('mem', 0x40000)}
        lwz     r3, 0x1000(r28)                 # PPE touches the page, so that it is in the hash table
        start_thread run_b, stack2_top, tid2
        run_context r30, npc, status
        join_thread tid2
        show_word status2
        quit    0
run_b:  run_context r29, npc2, status2
        end_thread
        ${SPU_MACROS}
        .section .spu.sender, "ax"
        ila     $6, 40000
2:      ai      $6, $6, -1
        brnz    $6, 2b
        parameters 0x200, 0x30000200, 16, 4
        command 0x20
        wait_for 4
        stop    1
        .org    0x200
        stop    6
        .section .spu.receiver, "ax"
        bra     0x200
        .org    0x200
        br      .
        .text`, { configuration: { spes: 2 } });
    expect(shown).toEqual([(6 << 16) | STOPPED]);
  });
});

describe('a lock line in registers', () => {
  it('faults for ever; a signal ends that', () => {
    const { shown, machine } = runSpufs(`
        create  a
        mr      r30, r3
        create  b
        load_program a_mem, locker, locker_end
        ${mapOfB('signal1', 4096)}
        lwz     r3, 0xc(r28)
        handle  SIGALRM, alarm_action
        set_alarm in5ms
        run_context r30, npc, status
        show
        quit    0
        ${SPU_MACROS}
        .section .spu.locker, "ax"
        parameters 0x1000, 0x30000000, 128, 0
        command 0xd0
        rdch    $5, $MFC_RdAtomicStat
        stop    1
        .text`, { configuration: { spes: 2 } });
    expect(shown).toEqual([-4]);
    // The page table allows the access, so nothing counts as a page fault.
    expect(machine.state.counters.mfcHashRefill).toBeGreaterThan(10);
  });
});

describe('the proxy queue in the problem state', () => {
  it('moves data, and answers for its places and its tags', () => {
    // In 2.6.18 a mapping of mem goes on behind the local store, where the SPE's registers are (row 39).
    const { shown } = runSpufs(`
        .equ    MFC, 0x43000
        create  b
        mr      r29, r3
        load_program b_mem, code, code_end
        run_context r29, npc, status
        ${mapOfB('mem', 0x45000)}
        addis   r28, r28, MFC@h
        addi    r28, r28, MFC@l
        address r26, data
        lwz     r3, 0(r26)
        stw     r3, 0(r26)
        lwz     r3, 0x104(r28)                  # DMA_QStatus
        show
        li      r3, 0x1000
        stw     r3, 4(r28)                      # MFC_LSA
        li      r3, 0
        stw     r3, 8(r28)                      # MFC_EA
        stw     r26, 12(r28)
        lis     r3, 64
        ori     r3, r3, 9
        stw     r3, 16(r28)                     # 64 bytes, tag 9
        li      r3, 0x48
        stw     r3, 20(r28)                     # gets: starts the SPU when it is done
        lwz     r20, 20(r28)                    # MFC_CMDStatus
        lwz     r21, 0x104(r28)
        li      r3, 1 << 9
        stw     r3, 0x21c(r28)                  # Prxy_QueryMask
        lwz     r22, 0x22c(r28)                 # Prxy_TagStatus
        .irp    register, r20, r21, r22
        mr      r3, \\register
        show
        .endr
        li      r5, 3000
        mtctr   r5
6:      bdnz    6b
        lwz     r3, 0x22c(r28)
        show
        lwz     r3, 0x1024(r28)                 # SPU_Status: it has run again
        show
        quit    0
        .section .spu.code, "ax"
        stop    1
        lqa     $3, 0x1000
        stqa    $3, 0x1100
        stop    2
        .data
        .balign 64
data:   .long   0xcafe, 1, 2, 3
        .space  48
        .text`, { kernel: '2.6.18' });
    expect(shown).toEqual([0x8000_0008, 0, 7, 0, 1 << 9, (2 << 16) | STOPPED]);
  });
});
