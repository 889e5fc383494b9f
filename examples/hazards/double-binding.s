# Two threads want the same context, which has no SPE: each of them waits for one (docs/hazards/double-binding.md;
# docs/facts.md, section 8, hazard 11; rows 26 to 28 of the fault table are the wait). One SPE becomes free, and a thread gets it for the
# context; then the other one does, and under 2.6.18 the second thread gets it for the same context as well, because it does not
# look again after its sleep.
#
# Each thread sets a bit in the context's signal word, which adds what it is given (logical OR), and the word is read at the
# end: 3 is right. One bit is left where the second SPE began with the state from before the other one was set.
# The status is the word.
#
# refault: spes=2

        .equ    SYS_exit, 1
        .equ    SYS_read, 3
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1

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

        .macro  open path
        li      r0, SYS_open
        address r3, \path
        li      r4, O_RDWR
        sc
        .endm

        .macro  write path, bytes, end
        open    \path
        li      r0, SYS_write
        address r4, \bytes
        address r5, \end
        subf    r5, r4, r5
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

        .macro  run descriptor, npc
        li      r0, SYS_spu_run
        mr      r3, \descriptor
        address r4, \npc
        li      r5, 0
        sc
        .endm

        .macro  leave
        li      r0, SYS_exit
        li      r3, 0
        sc
        .endm

        .text
        .globl  _start
_start: create  one_path
        mr      r30, r3
        create  other_path
        mr      r29, r3
        create  wanted_path
        write   one_memory, busy, busy_end
        write   other_memory, busier, busier_end
        write   wanted_type, logical_or, logical_or_end
        open    wanted_signal
        mr      r27, r3
        mr      r7, r3
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        sc
        mr      r28, r3
        thread  one, one_top, one_tid           # these two have the SPEs for a while ...
        thread  other, other_top, other_tid
        li      r0, SYS_nanosleep
        address r3, a_moment
        li      r4, 0
        sc
        thread  first, first_top, first_tid     # ... and these two want one for the same context
        thread  second, second_top, second_tid
        join    first_tid
        join    second_tid
        join    one_tid
        join    other_tid
        li      r0, SYS_read
        mr      r3, r27
        address r4, word
        li      r5, 4
        sc
        address r4, word
        lwz     r3, 0(r4)
        li      r0, SYS_exit_group
        sc

one:    run     r30, one_npc
        leave
other:  run     r29, other_npc
        leave
first:  li      r5, 1
        stw     r5, SIG_NOTIFY_1(r28)
        leave
second: li      r5, 2
        stw     r5, SIG_NOTIFY_1(r28)
        leave

        .section .rodata
one_path:       .asciz  "/spu/one"
one_memory:     .asciz  "/spu/one/mem"
other_path:     .asciz  "/spu/other"
other_memory:   .asciz  "/spu/other/mem"
wanted_path:    .asciz  "/spu/wanted"
wanted_signal:  .asciz  "/spu/wanted/signal1"
wanted_type:    .asciz  "/spu/wanted/signal1_type"
logical_or:     .ascii  "1"
logical_or_end:
        .balign 8
a_moment:       .quad   0, 500000               # half a millisecond

        .data
one_npc:        .long   0
other_npc:      .long   0
word:           .long   0

        .bss
        .balign 16
one_tid:        .space  16
other_tid:      .space  16
first_tid:      .space  16
second_tid:     .space  16
        .space  8192
one_top:        .space  64
        .space  8192
other_top:      .space  64
        .space  8192
first_top:      .space  64
        .space  8192
second_top:     .space  64

        .macro  spin turns
        il      $3, 0
        ila     $4, \turns
wait:   ai      $3, $3, 1
        ceq     $5, $3, $4
        brz     $5, wait
        stop    1
        .endm

        .section .spu.busy, "ax"                # some four milliseconds of nothing
        spin    100000

        .section .spu.busier, "ax"              # and a little longer
        spin    130000
