# Accesses of every kind to a few bytes: by the PPE, by the kernel, by an MFC, and by an SPU in its local store.
#
# refault: spes=1
        .equ    SYS_read, 3
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2

        .macro  address register, symbol
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start: address r9, cell
        li      r4, 7
neighbour:
        stw     r4, 4(r9)                       # beside the watched word
load:   lwz     r5, 0(r9)
store:  stw     r4, 0(r9)
        li      r5, 0x11
byte:   stb     r5, 3(r9)                       # one byte of it

        li      r0, SYS_open                    # the kernel writes: 4 zeros from a device
        address r3, zero
        li      r4, 0
        sc
        li      r0, SYS_read
        address r4, cell
        li      r5, 4
kernel: sc

        li      r0, SYS_spu_create
        address r3, context
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3
        li      r0, SYS_open
        address r3, memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, worker
        address r5, worker_end
        subf    r5, r4, r5
        sc
        li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        li      r0, SYS_exit_group
        li      r3, 0
        sc

        .section .rodata
zero:           .asciz  "/dev/zero"
context:        .asciz  "/spu/worker"
memory:         .asciz  "/spu/worker/mem"

        .data
        .balign 128
cell:           .long   1, 2, 3, 4
npc:            .long   0

        .section .spu.worker, "ax"
begin:  ila     $3, 0x1000                      # local store 0x1000
        il      $4, 5
beside: stqd    $4, 16($3)                      # the quadword behind
keep:   lqd     $5, 0($3)
        stqd    $5, 0($3)                       # writes what is there already
change: stqd    $4, 0($3)                       # changes the first word, and with it the watched bytes
        wrch    $MFC_LSA, $3
        il      $6, 0
        wrch    $MFC_EAH, $6
        ilhu    $7, 0x1002
        iohl    $7, 0                           # the address of cell, at the beginning of .data
        wrch    $MFC_EAL, $7
        il      $8, 16
        wrch    $MFC_Size, $8
        wrch    $MFC_TagID, $6
        il      $9, 0x20                        # put: the MFC reads local store and writes the cell
        wrch    $MFC_Cmd, $9
        il      $10, 1
        wrch    $MFC_WrTagMask, $10
        il      $11, 2
        wrch    $MFC_WrTagUpdate, $11
        rdch    $12, $MFC_RdTagStat
        il      $9, 0x40                        # get: the other way
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $6
        wrch    $MFC_EAL, $7
        wrch    $MFC_Size, $8
        wrch    $MFC_TagID, $6
        wrch    $MFC_Cmd, $9
        wrch    $MFC_WrTagUpdate, $11
        rdch    $12, $MFC_RdTagStat
        stop    1
