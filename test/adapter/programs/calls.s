# Calls, a loop and a store: for stepping, breakpoints and stacks.
        .equ    SYS_exit_group, 234

        .text
        .globl  _start
        .type   _start, @function
_start: li      r3, 2
        bl      twice
        bl      outer
        lis     r9, counter@ha
        addi    r9, r9, counter@l
loop:   lwz     r4, 0(r9)
        addi    r4, r4, 1
        stw     r4, 0(r9)
        cmpwi   r4, 10
        blt     loop
        li      r0, SYS_exit_group
        li      r3, 0
        sc
        .size   _start, . - _start

        .globl  twice
        .type   twice, @function
twice:  add     r3, r3, r3
        blr
        .size   twice, . - twice

        .globl  outer
        .type   outer, @function
outer:  mflr    r0
        std     r0, 16(r1)
        stdu    r1, -112(r1)
        bl      twice
        nop
        addi    r1, r1, 112
        ld      r0, 16(r1)
        mtlr    r0
        blr
        .size   outer, . - outer

        .data
counter: .long  0
