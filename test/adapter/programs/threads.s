# Two threads: the second one ends at once, the first one waits for it.
        .equ    SYS_exit, 1
        .equ    SYS_clone, 120
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    THREAD_FLAGS, 0x350f00

        .text
        .globl  _start
_start: li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        lis     r4, stack_top@ha
        addi    r4, r4, stack_top@l
        lis     r5, tid@ha
        addi    r5, r5, tid@l
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     second
join:   lis     r3, tid@ha
        addi    r3, r3, tid@l
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     joined
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       join
joined: li      r0, SYS_exit_group
        li      r3, 0
        sc

second: nop
        li      r0, SYS_exit
        li      r3, 0
        sc

        .bss
        .balign 16
tid:    .space  16
stack:  .space  4096
stack_top: .space 64
