# The registers of a context that nobody owns any more (docs/hazards/dead-context.md; docs/facts.md, section 8,
# hazard 2, and rows 34 to 36 of the fault table). The mapping keeps the context alive; its descriptor is closed.

        .equ    SYS_open, 5
        .equ    SYS_close, 6
        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  call number
        li      r0, \number
        sc
        .endm

        .text
        .globl  _start
_start:
        address r3, path
        li      r4, 0
        li      r5, 0755
        call    SYS_spu_create
        mr      r30, r3
        address r3, signal
        li      r4, O_RDWR
        call    SYS_open
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        call    SYS_mmap
        mr      r28, r3
        mr      r3, r30                         # the owner lets go
        call    SYS_close
        li      r4, 1
touch:  stw     r4, SIG_NOTIFY_1(r28)
        li      r3, 0
        call    SYS_exit_group

        .section .rodata
path:   .asciz  "/spu/orphan"
signal: .asciz  "/spu/orphan/signal1"
