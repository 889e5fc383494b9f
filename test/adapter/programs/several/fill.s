# refault: spes=1 memory=8M
        .text
        .globl  fill
        .type   fill, @function
fill:   lis     r9, shared@ha
local:  li      r4, 7
        stw     r4, shared@l(r9)
        blr
        .size   fill, . - fill

        .comm   shared, 4
