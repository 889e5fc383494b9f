# A lock that a PPE thread and an SPE program share. Each adds 1 to a counter a hundred times under
# a spin lock: the PPE takes it with lwarx and stwcx., the SPE with getllar and putllc on the lock's
# 128-byte line. While the SPE finds the lock taken it sleeps until its reservation is lost. No
# addition is lost: the program ends with 200. The PPE touches the line's page before the SPE runs;
# no fault has to do with the SPE.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_clone, 120
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    ROUNDS, 100

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_spu_create
        address r3, path
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3
        li      r0, SYS_open
        address r3, memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, adder
        address r5, adder_end
        subf    r5, r4, r5
        sc
        address r29, lock                       # the page is there from now on
        li      r4, 0
        stw     r4, 4(r29)

        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, runner_stack_top
        address r5, runner_tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     runner

        li      r28, ROUNDS
start:  lwz     r4, 4(r29)                      # begins when the SPE has added its first
        cmpwi   r4, 0
        beq     start
take:   lwarx   r4, 0, r29
        cmpwi   r4, 0
        bne     take                            # taken: look again
        li      r4, 1
        stwcx.  r4, 0, r29
        bne     take                            # somebody wrote the line meanwhile
        isync
        lwz     r5, 4(r29)                      # the counter lies in the lock's line
        addi    r5, r5, 1
        stw     r5, 4(r29)
        lwsync
        li      r4, 0
        stw     r4, 0(r29)
        li      r5, 100                         # something else to do, so that both want the lock
        mtctr   r5
pause:  bdnz    pause
        addi    r28, r28, -1
        cmpwi   r28, 0
        bne     take

join:   address r3, runner_tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     finished
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       join
finished:
        lwz     r3, 4(r29)
        li      r0, SYS_exit_group
        sc

runner: li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
path:           .asciz  "/spu/adder"
memory:         .asciz  "/spu/adder/mem"

        .data
npc:            .long   0

        .bss
        .balign 128
lock:           .space  128
runner_tid:     .space  16
runner_stack:   .space  8192
runner_stack_top:
                .space  64

        .section .spu.adder, "ax"
        .equ    MFC_GETLLAR, 0xd0
        .equ    MFC_PUTLLC, 0xb4
        .equ    MFC_PUTLLUC, 0xb0
        .equ    LOCK_LINE_LOST, 0x400
        .equ    LINE, 0x1000                    # where the line comes to in the local store

        ila     $3, LINE
        il      $4, 0
        ilhu    $5, (lock@ppu)@h
        iohl    $5, (lock@ppu)@l
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $4
        wrch    $MFC_EAL, $5
        il      $6, MFC_GETLLAR
        il      $7, MFC_PUTLLC
        il      $8, MFC_PUTLLUC
        il      $9, LOCK_LINE_LOST
        il      $10, 100
        cwd     $20, 0($3)                      # shuffle pattern that inserts word 0
        cwd     $21, 4($3)                      # ... and word 1
        il      $22, 1
        wrch    $SPU_WrEventMask, $9

again:  wrch    $SPU_WrEventAck, $9             # what was lost before does not matter
        wrch    $MFC_Cmd, $6                    # getllar: the line, and a reservation
        rdch    $11, $MFC_RdAtomicStat
        lqd     $12, 0($3)
        brz     $12, free
        rdch    $13, $SPU_RdEventStat           # taken: sleep until somebody writes the line
        br      again
free:   shufb   $14, $22, $12, $20              # word 0 becomes 1
        stqd    $14, 0($3)
        wrch    $MFC_Cmd, $7                    # putllc
        rdch    $11, $MFC_RdAtomicStat
        brnz    $11, again                      # somebody was faster

        rotqbyi $15, $14, 4                     # the counter
        ai      $15, $15, 1
        shufb   $16, $15, $14, $21
        shufb   $16, $4, $16, $20               # word 0 becomes 0
        stqd    $16, 0($3)
        wrch    $MFC_Cmd, $8                    # putlluc gives the lock back, with the counter
        rdch    $11, $MFC_RdAtomicStat
        ai      $10, $10, -1
        brnz    $10, again
        stop    1
