# Operators, their ranks and their arithmetic; what . means; symbols that change.
        .globl _start
_start: nop
        .data
        .quad 2+3*4|1, 7&3+1, 1<<2+1, -1>>60, 5==5, 5!=5, 3<4, 1&&2, 0||3, !5, ~5, 10/3, -10/3, -10%3, 3!1
        .quad 0xffffffffffffffff>>60, -16>>2, 0x8000000000000000/2, 0x8000000000000000>>1, 5- -3, 2-3-4
        .quad 1+2==3, 3==1+2&&1, 1|2^3&4, 6^3|8, 10-2*3%4, 100/7*7, 1<<4>>2, 5>3, 3>=3, 2<=1, 4<>4, 4<>5
        .quad 0b101, 017, 0xFf, 'a', '\n, '', -'a'
        .byte 'a','\n,'a', 255, -128
        .balign 8
x = 5
        .quad x
x = x + 1
        .quad x, later, later-x
later = 77
        .set n, 0
        .rept 4
        .long n, n*n
        .set n, n+1
        .endr
here:   .quad ., .-here, there-here, (there-here)/8
there:
        .long there-., here-there
1:      .byte 1
1:      .byte 2
        .byte 1b-., 1f-., 1b-here, 2f-1b
1:      .byte 3
2:
        .balign 4
        .short 0x12345678@l, 0x12345678@h, 0x1234ffff@ha, here@l, here@ha, here@higher, here@highest
        .short here+0x8000@ha, 0x123456789abcdef0@higher, 0x7fff7fffffffffff@highesta, 0x7fff7fffffffffff@highera
