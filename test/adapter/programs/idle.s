# Sleeps for ever, while a timer whose signal is ignored goes off every millisecond.
        .equ    SYS_pause, 29
        .equ    SYS_setitimer, 104
        .equ    SYS_rt_sigaction, 173
        .equ    SIGALRM, 14

        .text
        .globl  _start
_start: li      r0, SYS_rt_sigaction
        li      r3, SIGALRM
        lis     r4, ignore@ha
        addi    r4, r4, ignore@l
        li      r5, 0
        li      r6, 8
        sc
        li      r0, SYS_setitimer
        li      r3, 0
        lis     r4, millisecond@ha
        addi    r4, r4, millisecond@l
        li      r5, 0
        sc
sleep:  li      r0, SYS_pause
        sc
        b       sleep

        .section .rodata
        .balign 8
ignore: .quad   1, 0, 0, 0
millisecond: .quad 0, 1000, 0, 1000
