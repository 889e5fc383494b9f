# An endless loop, with a handler for SIGTERM that ends it when r20 is not 0.
        .equ    SYS_write, 4
        .equ    SYS_rt_sigaction, 173
        .equ    SYS_exit_group, 234
        .equ    SIGTERM, 15

        .text
        .globl  _start
        .type   _start, @function
_start: li      r0, SYS_rt_sigaction
        li      r3, SIGTERM
        lis     r4, action@ha
        addi    r4, r4, action@l
        li      r5, 0
        li      r6, 8
        sc
        li      r31, 0
loop:   addi    r31, r31, 1
        b       loop
        .size   _start, . - _start

        .globl  on_term
        .type   on_term, @function
on_term:
        li      r0, SYS_write
        li      r3, 1
        lis     r4, farewell@ha
        addi    r4, r4, farewell@l
        li      r5, farewell_end - farewell
        sc
        lis     r9, stubborn@ha
        lwz     r9, stubborn@l(r9)
        cmpwi   r9, 0
        bnelr
        li      r0, SYS_exit_group
        li      r3, 7
        sc
        .size   on_term, . - on_term

        .section .rodata
farewell: .ascii "SIGTERM is handled.\n"
farewell_end:
        .balign 8
action: .quad   descriptor, 0, 0, 0
descriptor: .quad on_term, 0, 0

        .data
stubborn: .long 0
