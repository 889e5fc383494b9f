# List DMA with stall-and-notify. One getl gathers pieces of a table that lie 8 KiB apart, from pages
# that have not been touched: each element that meets a new page faults, the thread in spu_run
# brings it in, and the list goes on in that element (docs/facts.md, 5.2, and 7, row 53). The first
# element asks to stall: its piece says how many pieces there are, and only then does the SPE
# program write the elements that follow and acknowledge. The pieces are added up; the sum comes
# back in the stop code.
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
        address r4, gather
        address r5, gather_end
        subf    r5, r4, r5
        sc
        li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        address r5, status
        sc
        address r4, status                      # ends with the sum: 1 + 2 + 4 + 8 = 15
        lwz     r3, 0(r4)
        srwi    r3, r3, 16
        li      r0, SYS_exit_group
        sc

        .section .rodata
path:   .asciz  "/spu/gather"
memory: .asciz  "/spu/gather/mem"

        .data
npc:    .long   0
status: .long   0
        .balign 4096
table:  .long   4, 0, 0, 0                      # number of pieces; then they come, 8 KiB apart
        .space  8192 - 16
        .long   1, 0, 0, 0
        .space  8192 - 16
        .long   2, 0, 0, 0
        .space  8192 - 16
        .long   4, 0, 0, 0
        .space  8192 - 16
        .long   8, 0, 0, 0

        .section .spu.gather, "ax"
        .equ    MFC_GETL, 0x44
        .equ    LIST_STALL, 2
        .equ    TAG, 3
        .equ    LIST, 0x1000                    # at most five elements of 8 bytes
        .equ    DATA, 0x2000
        .equ    PIECE, 16

        ila     $2, LIST
        ila     $3, DATA
        il      $4, 0
        ilhu    $5, (table@ppu)@h
        iohl    $5, (table@ppu)@l
        il      $6, 5 * 8                       # bytes of the list
        il      $7, TAG
        il      $8, MFC_GETL
        ilhu    $10, 0x8000                     # stall-and-notify
        iohl    $10, PIECE
        cwd     $20, 0($2)                      # shuffle patterns that insert word 0 and 1
        cwd     $21, 4($2)
        shufb   $11, $10, $4, $20
        shufb   $11, $5, $11, $21
        stqd    $11, 0($2)                      # first element: the number of pieces
        il      $12, LIST_STALL
        wrch    $SPU_WrEventMask, $12
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $4
        wrch    $MFC_EAL, $2
        wrch    $MFC_Size, $6
        wrch    $MFC_TagID, $7
        wrch    $MFC_Cmd, $8
        rdch    $13, $SPU_RdEventStat           # waits until the list stalls
        wrch    $SPU_WrEventAck, $13
        rdch    $14, $MFC_RdListStallStat       # 1 << TAG

        lqd     $15, 0($3)                      # number of pieces
        il      $16, 8                          # offset of the element
        ilhu    $18, 0
        iohl    $18, 8192
        il      $19, PIECE
fill:   a       $5, $5, $18
        lqx     $11, $2, $16                    # an element is half a quadword
        cwx     $20, $2, $16
        shufb   $11, $19, $11, $20
        ai      $17, $16, 4
        cwx     $21, $2, $17
        shufb   $11, $5, $11, $21
        stqx    $11, $2, $16
        ai      $16, $16, 8
        ai      $15, $15, -1
        brnz    $15, fill

        wrch    $MFC_WrListStallAck, $7         # the list goes on
        il      $9, 1 << TAG
        wrch    $MFC_WrTagMask, $9
        il      $9, 2                           # all of the groups
        wrch    $MFC_WrTagUpdate, $9
        rdch    $9, $MFC_RdTagStat

        lqd     $22, 16($3)
        lqd     $23, 32($3)
        lqd     $24, 48($3)
        lqd     $25, 64($3)
        a       $22, $22, $23
        a       $24, $24, $25
        a       $22, $22, $24
        ila     $26, done                       # a stop instruction has its code in its low bits
        lqd     $27, 0($26)
        cwd     $28, 0($26)
        shufb   $27, $22, $27, $28
        stqd    $27, 0($26)
        sync
        br      done
        .balign 16
done:   stop    0
