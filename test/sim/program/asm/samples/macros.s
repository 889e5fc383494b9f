# Macros, repetitions, conditions.
        .globl _start
_start: nop
        .macro show a b=2 c
        .ascii "[\a|\b|\c]"
        .endm
        .data
        show 1 2 3
        show 1,2,3
        show a + b, c
        show "hello world" , x
        show a=1, c=4
        show (1 + 2) 4
        show 1,,3
        show 4(3) -1
        show -1 -1
        show a -b
        show r3 %r4
        show a "b"
        show "a" "b"
        show cr0 4*cr1+eq
        show "x\"y" 2
        show [a b] 2
        show .x $y
        show  a,
        show c=3 , a = 1
        .macro rest a, r:vararg
        .ascii "[\a|\r|\@]"
        .endm
        rest 1, 2, 3 4
        rest 1
        .macro named p
x\p\()y: .byte 1
        .ascii "\p\n\\"
        .byte x\p\()y - .
        .endm
        named 5
        named 6
        .macro down n
        .if \n
        .byte \n
        down "(\n-1)"
        .endif
        .endm
        down 3
        .macro early n
        .byte 1
        .ifeq \n
        .exitm
        .endif
        .byte 2
        .endm
        early 0
        early 1
        .irp q, a, b, c
        .ascii "<\q>"
        .endr
        .irpc q, xyz
        .ascii "<\q>"
        .endr
        .irp q,
        .ascii "<\q>"
        .endr
        .rept 2
        .irp q, 1, 2
        .byte \q
        .endr
        .endr
        .if 1 == 2; .byte 3; .elseif 1; .byte 4; .elseif 1; .byte 5; .else ; .byte 6 ; .endif
        .if 0
        .if 1
        .byte 7
        .else
        .byte 8
        .endif
        .else
        .byte 9
        .endif
        .ifdef _start
        .byte 10
        .endif
        .ifndef nothing
        .byte 11
        .endif
        .ifc a, a
        .byte 12
        .endif
        .ifb
        .byte 13
        .endif
        .ifnb x
        .byte 14
        .endif
        .ifeqs "a b", "a b"
        .byte 15
        .endif
        .macro outer
        .macro inner v
        .byte \v
        .endm
        inner 16
        .endm
        outer
        .text
        .macro loadimm reg, value
        lis \reg, \value@highest
        ori \reg, \reg, \value@higher
        sldi \reg, \reg, 32
        oris \reg, \reg, \value@h
        ori \reg, \reg, \value@l
        .endm
        loadimm 3, 0x123456789abcdef0
        loadimm %r4, _start
        .macro adddot
        add. 3,4,5
        .endm
        adddot
