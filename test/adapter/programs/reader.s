# Prints what it reads; without input it waits, and nothing else can run.
        .equ    SYS_read, 3
        .equ    SYS_write, 4
        .equ    SYS_exit_group, 234

        .text
        .globl  _start
_start: li      r0, SYS_read
        li      r3, 0
        lis     r4, buffer@ha
        addi    r4, r4, buffer@l
        li      r5, 64
        sc
        mr.     r5, r3
        ble     done
        li      r0, SYS_write
        li      r3, 1
        sc
        b       _start
done:   li      r0, SYS_exit_group
        li      r3, 5
        sc

        .bss
buffer: .space  64
