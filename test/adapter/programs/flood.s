# Prints without end.
        .equ    SYS_write, 4

        .text
        .globl  _start
_start: li      r0, SYS_write
        li      r3, 1
        lis     r4, line@ha
        addi    r4, r4, line@l
        li      r5, 1024
        sc
        b       _start

        .section .rodata
line:   .rept   16
        .ascii  "All work and no play makes this program print without end now.\n\n"
        .endr
