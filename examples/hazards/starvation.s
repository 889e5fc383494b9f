# One SPE, and an SPU program that keeps it for 300 ms. A context of a better thread wants it for a
# microsecond (docs/hazards/starvation.md; docs/facts.md, section 8, hazard 8; row 27 of section 7 is the same wait in a page fault).
#
#   2.6.18   the reaper takes the SPE from the worse context when it has had it for 100 ms
#   2.6.19   nobody is pushed off: the better context waits to the end
#   2.6.21   only real-time contexts push: the same
#   2.6.23   the time slice of the worse context ends after a tick, 40 ms
#
# The status is the milliseconds that the better context waited, divided by 10. "cycles without an SPE" says it to the cycle.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_setpriority, 97
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    TICKS_IN_10_MS, 798000          # of the time base

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

        .macro  nice value
        li      r0, SYS_setpriority
        li      r3, 0
        li      r4, 0
        li      r5, \value
        sc
        .endm

        .macro  sleep time
        li      r0, SYS_nanosleep
        address r3, \time
        li      r4, 0
        sc
        .endm

        .text
        .globl  _start
_start: create  long_path
        mr      r30, r3
        create  short_path
        mr      r29, r3
        load    long_memory, spin, spin_end
        load    short_memory, quick, quick_end
        thread  better, better_stack_top, better_tid
        nice    19
        run     r30, long_npc                   # has the SPE first
        join    better_tid
        address r3, waited
        lwz     r3, 0(r3)
        li      r0, SYS_exit_group
        sc

better: sleep   settle_time
        mftb    r26
        run     r29, short_npc
        mftb    r27
        subf    r27, r26, r27
        lis     r5, TICKS_IN_10_MS@h
        ori     r5, r5, TICKS_IN_10_MS@l
        divd    r27, r27, r5
        address r4, waited
        stw     r27, 0(r4)
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
long_path:      .asciz  "/spu/long"
long_memory:    .asciz  "/spu/long/mem"
short_path:     .asciz  "/spu/short"
short_memory:   .asciz  "/spu/short/mem"
        .balign 8
settle_time:    .quad   0, 1000000              # 1 ms

        .data
long_npc:       .long   0
short_npc:      .long   0
waited:         .long   0

        .bss
        .balign 16
better_tid:     .space  16
better_stack:   .space  16384
better_stack_top:
                .space  64

# Counts for some 300 milliseconds, then stops.
        .section .spu.spin, "ax"
        ilhu    $3, 183
count:  ai      $3, $3, -1
        brnz    $3, count
        stop    1

        .section .spu.quick, "ax"
        stop    2
