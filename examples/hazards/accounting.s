# What is counted for a fault that is taken again (docs/hazards/accounting.md; docs/facts.md, section 8, hazard 14,
# and row 4 of the fault table): one read of a page that is on the disk.

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_fsync, 118
        .equ    SYS_fadvise64, 233
        .equ    SYS_exit_group, 234
        .equ    O_CREAT_RDWR, 0102
        .equ    PROT_READ, 1
        .equ    MAP_SHARED, 1
        .equ    FADV_DONTNEED, 4

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
        address r3, file
        li      r4, O_CREAT_RDWR
        li      r5, 0600
        call    SYS_open
        mr      r30, r3
        address r4, content
        li      r5, 8
        call    SYS_write
        mr      r3, r30                         # to the disk, and out of the page cache
        call    SYS_fsync
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, FADV_DONTNEED
        call    SYS_fadvise64
        mr      r3, r30
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ
        li      r6, MAP_SHARED
        li      r8, 0
        call    SYS_mmap
        mr      r28, r3
touch:  lbz     r3, 0(r28)                      # l, 108
        call    SYS_exit_group

        .section .rodata
file:           .asciz  "/tmp/library"
content:        .ascii  "library"
