# Numbers, text, gaps.
        .text
        .globl _start
_start: nop
        .align 5
        nop
        .p2align 4,,15
        nop
        .balign 8,,3
        .byte 1
        .balign 32,0xab
        .p2align 3
        nop
        .org .+4,0xff
        .org _start+0x90
        .data
        .byte 1,2,3
        .2byte 4
        .4byte 5
        .8byte 6
        .short 7,-7
        .hword 8
        .word 9
        .int 10
        .long 0xffffffff, -1, -2147483648
        .quad -1, 0xfedcba9876543210
        .octa 0x112233445566778899aabbccddeeff
        .float 1.5, 0f1.5, -2, 1e10, 0.1, -0.0
        .double 0.1, 1e300, -2.5e-3
        .ascii "a" "b"
        .ascii "x\ty\n\\\"\x41\101\0", "two"
        .asciz "zero"
        .string "one", "two"
        .fill 3,2,0x1234
        .fill 3
        .fill 2,4,-1
        .space 3,7
        .skip 2
        .zero 4
        .balignw 8,0x1234
        .balignl 16,0x12345678
        .sleb128 -200, 0, 63, 64, -64, -65, 1000000
        .uleb128 300, 0, 127, 128, end-start
        .align 4
start:
        .space later
        .byte 9
later = 5
end:
        .p2align 3
        .section .rodata
        .string "constants"; .byte 1 /* one */, 2
        .byte ';', '#', '"' # characters that mean something elsewhere
        .section .data.more,"aw",@progbits
        .long 1
        .previous
        .long 2
        .pushsection .data
        .long 3
        .popsection
        .long 4
