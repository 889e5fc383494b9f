# SPU code as people write it. No relocations: labels of this file only, through branches that GNU as resolves.
        .text
        .equ N, 5
start:  il $3, 0xffffffff
        il $3, -1
        ilhu $3, 65535
        ilhu $3, 0x12345678@h
        iohl $3, 0x12345678@l
        ai $3,$4,N
        ai 3, 4, 5
        ai sp, lr, -N
        ai $sp,$SP,-32
        rdch $3, SPU_RdInMbox
        rdch $3, $SPU_RdInMbox
        rdch $3, 29
        rdch $3, $29
        rdch $3, $ch29
        wrch $MFC_Cmd, $4
        wrch mfc_cmd, $4
        rchcnt $5,$ch24
        mfspr $3,$sp3
        mfspr $3,sp3
        mtspr $sp100,$4
        lqd $3, data-start($4)
        lqd $3, 16($4)
        stqd $lr,N*16($sp)
        rotmi $3,$3,-5
        shlqbyi $3,$3,3
        heq $3,$4
        ceqi $3,$4,'a'
        selb $1,$2,$3,$4
        nop
        nop $5
        lnop
        sync
        syncc
        stop 0x1234
        br 8
        brz $3, 8
        bra 0x100
        bi $lr
        biz $3,$4
        il $4,1; il $5,2 ; # two in a line
        .byte 1
        .align 3
        nop
        .align 4
        nop
        .align 5
data:   .word 1
        .long 2
        .short 3
        .int 4
        .align 4
        .quad 5, -1
        .byte data-start
        .balign 32
