# An SPE program copies 32 KiB from one buffer to another by DMA. Neither buffer has been
# touched: the pages are brought in by the MFC's faults, one after the other, while the thread
# in spu_run serves them and has them counted as its own (docs/facts.md, 5.2, and 7, row 53). The
# pages of the source come from the program's file, those of the target are fresh. After each fault
# the MFC asks once more, for the hash table does not know the page yet: see hash_refill.
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
        li      r0, SYS_open                    # the program goes into the local store
        address r3, memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, copy
        address r5, copy_end
        subf    r5, r4, r5
        sc
        li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        address r4, target                      # ends with the copied byte
        lbz     r3, 3(r4)
        li      r0, SYS_exit_group
        sc

        .section .rodata
path:   .asciz  "/spu/copier"
memory: .asciz  "/spu/copier/mem"

        .data
npc:    .long   0
        .balign 4096
source: .byte   1, 2, 3, 42
        .space  32768 - 4

        .bss
        .balign 4096
target: .space  32768

# The SPU program: two gets of 16 KiB into the local store, then two fenced puts.
        .section .spu.copy, "ax"
        .equ    MFC_PUTF, 0x22
        .equ    MFC_GET, 0x40
        .equ    BUFFER, 0x8000
        .equ    TAG, 5

        .macro  transfer command, offset, ea    # of 16 KiB; EA@ppu is an address of the PowerPC side
        ila     $3, BUFFER + \offset
        ilhu    $4, (\ea + \offset)@h
        iohl    $4, (\ea + \offset)@l
        il      $5, \command
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $0
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $6
        wrch    $MFC_TagID, $7
        wrch    $MFC_Cmd, $5
        .endm

        il      $0, 0
        il      $6, 16384
        il      $7, TAG
        transfer MFC_GET, 0, source@ppu
        transfer MFC_GET, 16384, source@ppu
        transfer MFC_PUTF, 0, target@ppu
        transfer MFC_PUTF, 16384, target@ppu
        il      $8, 1 << TAG
        wrch    $MFC_WrTagMask, $8
        il      $8, 2                           # all of the groups
        wrch    $MFC_WrTagUpdate, $8
        rdch    $9, $MFC_RdTagStat              # waits until the tag group is done
        stop    1
