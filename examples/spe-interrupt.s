# An SPE program that is interrupted. It works in a loop with interrupts enabled; its decrementer
# runs out every 1000 cycles, the interrupt goes to address 0, and the handler there counts. After
# ten it stops the loop by way of a flag, and the program ends with 10. Nothing here waits or moves
# data: no fault has to do with the SPE.
#
# refault: spes=1

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_spu_create
        address r3, path
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3
        li      r0, SYS_open
        address r3, memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, ticker
        address r5, ticker_end
        subf    r5, r4, r5
        sc
        li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        srwi    r3, r3, 16                      # ends with the code of the stop: 10
        li      r0, SYS_exit_group
        sc

        .section .rodata
path:   .asciz  "/spu/ticker"
memory: .asciz  "/spu/ticker/mem"

        .data
npc:    .long   0x80 + 1                        # starts at 0x80; bit 0 enables interrupts

        .section .spu.ticker, "ax"
        .equ    DECREMENTER, 0x20
        .equ    PERIOD, 1000

handler:                                        # at address 0, with interrupts disabled
        rdch    $80, $SPU_RdEventStat
        wrch    $SPU_WrEventAck, $80
        wrch    $SPU_WrDec, $82                 # the next period
        ai      $81, $81, -1
        brnz    $81, back
        il      $83, 1
back:   irete                                   # back to where SRR0 says, and interrupts again

        .balign 128
        il      $81, 10
        il      $82, PERIOD - 1
        il      $84, DECREMENTER
        il      $83, 0
        wrch    $SPU_WrEventMask, $84
        wrch    $SPU_WrDec, $82
work:   ai      $3, $3, 1
        mpyui   $4, $3, 7
        brz     $83, work
        stop    10
