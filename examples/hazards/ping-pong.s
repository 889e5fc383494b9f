# Two contexts, two threads, one SPE: each thread runs its context for an instant and then looks at
# its mapped registers (docs/hazards/ping-pong.md; docs/facts.md, section 8, hazard 10). The end of a run gives the SPE to
# the other context, that takes the pages of this one away, and the look faults and wants the SPE back (rows 23 and 26).
#
# There is no work in it at all: the time is that of saving and restoring 256 KiB, over and over.
# The status is the time of five rounds of both threads, in milliseconds.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_close, 6
        .equ    SYS_mmap, 90
        .equ    SYS_clone, 120
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    TICKS_IN_MILLISECOND, 79800     # of the time base
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1
        .equ    ROUNDS, 5

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  create path                     # a context; its descriptor in r3
        li      r0, SYS_spu_create
        address r3, \path
        li      r4, 0
        li      r5, 0755
        sc
        .endm

        .macro  open path, flags
        li      r0, SYS_open
        address r3, \path
        li      r4, \flags
        sc
        .endm

        .macro  load memory, program, end       # an SPU program to address 0 of a local store
        open    \memory, O_RDWR
        li      r0, SYS_write
        address r4, \program
        address r5, \end
        subf    r5, r4, r5
        sc
        .endm

        .macro  run descriptor, npc
        li      r0, SYS_spu_run
        mr      r3, \descriptor
        address r4, \npc
        li      r5, 0
        sc
        .endm

        .macro  thread start, stack_top, tid
        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, \stack_top
        address r5, \tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     \start
        .endm

        .macro  join tid                        # waits until a thread has ended
1:      address r3, \tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     2f
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       1b
2:
        .endm

        .macro  map path                        # the registers of signal1 of a context
        open    \path, O_RDWR
        mr      r7, r3
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        sc
        .endm

        .text
        .globl  _start
_start: create  left_path
        mr      r30, r3
        create  right_path
        mr      r29, r3
        load    left_memory, quick, quick_end
        load    right_memory, quick, quick_end
        map     left_signal
        mr      r28, r3
        map     right_signal
        mr      r27, r3
        mftb    r26
        thread  right, right_stack_top, right_tid
        li      r24, ROUNDS
left:   address r4, left_npc
        li      r5, 0
        stw     r5, 0(r4)
        run     r30, left_npc
        lwz     r3, SIG_NOTIFY_1(r28)
        addi    r24, r24, -1
        cmpwi   r24, 0
        bne     left
        li      r0, SYS_close                   # the end of the context: the other one may keep the SPE
        mr      r3, r30
        sc
        join    right_tid
        mftb    r25
        subf    r25, r26, r25
        lis     r5, TICKS_IN_MILLISECOND@h
        ori     r5, r5, TICKS_IN_MILLISECOND@l
        divd    r3, r25, r5
        li      r0, SYS_exit_group
        sc

right:  li      r24, ROUNDS
again:  address r4, right_npc
        li      r5, 0
        stw     r5, 0(r4)
        run     r29, right_npc
        lwz     r3, SIG_NOTIFY_1(r27)
        addi    r24, r24, -1
        cmpwi   r24, 0
        bne     again
        li      r0, SYS_close
        mr      r3, r29
        sc
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
left_path:      .asciz  "/spu/left"
left_memory:    .asciz  "/spu/left/mem"
left_signal:    .asciz  "/spu/left/signal1"
right_path:     .asciz  "/spu/right"
right_memory:   .asciz  "/spu/right/mem"
right_signal:   .asciz  "/spu/right/signal1"

        .data
left_npc:       .long   0
right_npc:      .long   0

        .bss
        .balign 16
right_tid:      .space  16
right_stack:    .space  16384
right_stack_top:
                .space  64

        .section .spu.quick, "ax"
        stop    1
