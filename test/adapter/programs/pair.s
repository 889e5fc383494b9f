# Two tasks and two SPE programs that count for ever: for running one thread while the others stand still.
#
# refault: spes=2
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_clone, 120
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID

        .macro  address register, symbol
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  load context, memory            # makes a context and copies the SPE program into it; its number in r30
        li      r0, SYS_spu_create
        address r3, \context
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3
        li      r0, SYS_open
        address r3, \memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, adder
        address r5, adder_end
        subf    r5, r4, r5
        sc
        .endm

        .macro  start entry, stack              # begins a thread
        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, \stack
        address r5, tids
        li      r6, 0
        addi    r7, r5, 8
        sc
        cmpwi   r3, 0
        beq     \entry
        .endm

        .text
        .globl  _start
_start: load    one, one_memory
        mr      r29, r30
        start   first_spe, first_stack
        load    other, other_memory
        mr      r29, r30
        start   other_spe, other_stack
        start   second, second_stack
        address r9, first_count
ready:  lwz     r4, 0(r9)
        addi    r4, r4, 1
        stw     r4, 0(r9)
        b       ready

second: address r9, second_count
again:  lwz     r4, 0(r9)
        addi    r4, r4, 1
        stw     r4, 0(r9)
        b       again

first_spe:
        address r4, first_npc
        b       run
other_spe:
        address r4, other_npc
run:    li      r0, SYS_spu_run
        mr      r3, r29
        li      r5, 0
        sc
        b       run

        .section .rodata
one:            .asciz  "/spu/one"
one_memory:     .asciz  "/spu/one/mem"
other:          .asciz  "/spu/other"
other_memory:   .asciz  "/spu/other/mem"

        .data
first_count:    .long   0
second_count:   .long   0
first_npc:      .long   0
other_npc:      .long   0

        .bss
        .balign 16
tids:           .space  16
                .space  8192
first_stack:    .space  8256
other_stack:    .space  8256
second_stack:   .space  64

        .section .spu.adder, "ax"
add:    ai      $3, $3, 1
        br      add
