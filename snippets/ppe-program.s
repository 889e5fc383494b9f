# title: PPE: program
# prefix: ppe_program, program, _start
# description: A whole PowerPC program: where it starts, and exit_group
        .equ    SYS_exit_group, 234

        .text
        .globl  _start
_start:
        {{code=nop}}
        li      r0, SYS_exit_group
        li      r3, {{status=0}}                # the exit status
        sc
