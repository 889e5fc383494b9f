# title: PPE: program that prints text
# prefix: ppe_hello, hello, write, print
# description: A whole PowerPC program that writes a line to standard output and exits
        .equ    SYS_write, 4
        .equ    SYS_exit_group, 234

        .text
        .globl  _start
_start:
        li      r0, SYS_write
        li      r3, 1                           # standard output
        lis     r4, {{text}}@ha
        addi    r4, r4, {{text}}@l
        li      r5, {{text}}_end - {{text}}
        sc
        li      r0, SYS_exit_group
        li      r3, 0
        sc

        .section .rodata
{{text}}:
        .ascii  "{{words=Hello}}\n"
{{text}}_end:
