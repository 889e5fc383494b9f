# The first of two files: calls what the other one exports. Both have a label "local".
# refault: spes=1
        .text
        .globl  _start
_start: bl      fill
local:  lis     r9, shared@ha
        lwz     r3, shared@l(r9)
        li      r0, 234
        sc
