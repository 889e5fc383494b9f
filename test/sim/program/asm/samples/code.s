# Registers as people write them, branches, hints, addresses.
        .section ".opd","aw"
        .align 3
        .globl _start
_start: .quad ._start,.TOC.@tocbase,0
func:   .quad .L.func,.TOC.@tocbase,0
        .text
        .align 2
        .type ._start,@function
._start:
        lis 4,msg@highest
        ori 4,4,msg@higher
        rldicr 4,4,32,31
        oris 4,4,msg@h
        ori 4,4,msg@l
        lis %r5,msg@ha
        addi r5,%r5,msg@l
        lwz r6,msg@l(r5)
        lwz r6,4+msg@l(r5)
        ld 7,(msg+8)@l(5)
        std r7,-16(sp)
        addis r8,2,entry@toc@ha
        ld 8,entry@toc@l(8)
        stw 0,sizes-msg(3)
        bne+ cr1,1f
        bdnz- ._start
        beqlr+
        blt ._start
        bltlr cr3
1:      mfspr r3,lr
        mtspr 9,r3
        bt 4*cr1+eq,1b
        bf eq,2f
        bc 12,4*cr7+so,2f
        bc+ 12,2,1b
        cmpwi r3,5
        cmpwi cr3,3,-5
        cmpld cr0,4,5
        crclr 4*cr1+lt
        creqv 4*cr6+eq,4*cr6+eq,4*cr6+eq
2:      b 8
        bl func
        bl .L.func
        bla 0x100
        b .
        fadd f1,%f2,3
        lfd f1,8(r4)
        vaddubm v1,v2,%v3
        mtcrf 0xff,r3
        mtcr 3
        lwzx r3,0,r4
        slwi r3,r3,31-3
        rlwinm 3,4,5,6,7
        extrdi r3,r4,8,16
        li r3,'a'
        li r3,sizes-msg
        la r3,8(r1)
        twi 31,0,0
        trap
        sync
        lwsync
        isync
        sc
        .set rX, r9
        .set COUNT, 12
        addi rX,rX,COUNT
        stdu 1,-(COUNT+4)*8(1)
.L.func:
        mflr r0
        nop; nop
        blr
        .long 0x00000000
        .size ._start,.-._start
        .section ".toc","aw"
entry:  .tc msg[TC],msg
        .section .rodata
        .balign 16
msg:    .ascii "Hello, world!\n"
sizes:  .byte 1
        .bss
        .comm shared,16,8
        .lcomm own,16,8
        .data
        .quad shared, own, sizes
