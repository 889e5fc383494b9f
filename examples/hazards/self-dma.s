# An SPU program sends a signal to itself, by a DMA to its own mapped register (docs/hazards/self-dma.md;
# docs/facts.md, section 8, hazard 13; section 5.3). The page of the register is not there yet, so the DMA faults, and the
# thread in spu_run has to bring it in: it asks the handler of the mapping, which locks the context (rows 53 and 54).
#
#   2.6.18, 2.6.19   the thread holds state_sema for reading, the handler takes it for reading too: fine, status 7
#   2.6.21           the thread holds state_mutex: the handler waits for the thread that it runs in. A deadlock
#   2.6.23           the thread lets go of it first: status 7
#
# refault: spes=1

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    O_WRONLY, 1
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  create path                     # a context; its descriptor in r3
        li      r0, SYS_spu_create
        address r3, \path
        li      r4, 0
        li      r5, 0755
        sc
        .endm

        .macro  open path, flags
        li      r0, SYS_open
        address r3, \path
        li      r4, \flags
        sc
        .endm

        .macro  load memory, program, end       # an SPU program to address 0 of a local store
        open    \memory, O_RDWR
        li      r0, SYS_write
        address r4, \program
        address r5, \end
        subf    r5, r4, r5
        sc
        .endm

        .macro  run descriptor, npc
        li      r0, SYS_spu_run
        mr      r3, \descriptor
        address r4, \npc
        li      r5, 0
        sc
        .endm

        .text
        .globl  _start
_start: create  path
        mr      r30, r3
        load    memory, signal_itself, signal_itself_end
        open    signal, O_RDWR
        mr      r7, r3
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        sc
        addi    r3, r3, SIG_NOTIFY_1
        address r4, target                      # upper and lower word of the address, for the inbound mailbox
        std     r3, 0(r4)
        open    mailbox, O_WRONLY
        mr      r29, r3
        li      r0, SYS_write
        address r4, target
        li      r5, 4
        sc
        li      r0, SYS_write
        mr      r3, r29
        address r4, target + 4
        li      r5, 4
        sc
        run     r30, npc
        srwi    r3, r3, 16                      # the type of its stop instruction
        li      r0, SYS_exit_group
        sc

        .section .rodata
path:           .asciz  "/spu/self"
memory:         .asciz  "/spu/self/mem"
signal:         .asciz  "/spu/self/signal1"
mailbox:        .asciz  "/spu/self/wbox"

        .data
        .balign 8
target:         .quad   0
npc:            .long   0

        .section .spu.signal_itself, "ax"
        rdch    $3, $SPU_RdInMbox               # where the register is mapped
        rdch    $4, $SPU_RdInMbox
        ila     $5, word
        il      $6, 4                           # bytes
        il      $7, 0                           # tag
        il      $8, 0x20                        # put
        wrch    $MFC_LSA, $5
        wrch    $MFC_EAH, $3
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $6
        wrch    $MFC_TagID, $7
        wrch    $MFC_Cmd, $8
        rdch    $9, $SPU_RdSigNotify1           # waits until the word has come back
        stop    7
        .balign 16
        .skip   12                              # the register is at 12 modulo 16, so the word is too
word:           .long   1
