# The page cache and the disk behind it: the first access to a page waits for the disk and is MAJOR
# (row 4 of docs/facts.md, section 7), every later one finds the page in the page cache and is
# MINOR (row 3), until somebody drops it.
#
# The program writes a file, has it brought to the disk, drops it, and maps it three times. Each
# mapping begins empty, so each numbered load below faults:
#   1  the page is on the disk alone                      MAJOR, 8 ms
#   2  it is in the page cache                            MINOR
#   3  posix_fadvise has dropped it again                 MAJOR
# Dropping works only while nobody maps the page, and only once the disk has what was written.

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_munmap, 91
        .equ    SYS_fsync, 118
        .equ    SYS_fadvise64, 233
        .equ    SYS_exit_group, 234
        .equ    O_RDWR_CREAT, 0102
        .equ    PROT_READ, 1
        .equ    MAP_PRIVATE, 2
        .equ    POSIX_FADV_DONTNEED, 4
        .equ    PAGE, 4096

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  map                             # the file at r29
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, PAGE
        li      r5, PROT_READ
        li      r6, MAP_PRIVATE
        mr      r7, r30
        li      r8, 0
        sc
        mr      r29, r3
        .endm

        .macro  unmap
        li      r0, SYS_munmap
        mr      r3, r29
        li      r4, PAGE
        sc
        .endm

        .macro  drop                            # out of the page cache
        li      r0, SYS_fadvise64
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, POSIX_FADV_DONTNEED
        sc
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_open
        address r3, path
        li      r4, O_RDWR_CREAT
        li      r5, 0644
        sc
        mr      r30, r3
        li      r0, SYS_write
        address r4, text
        li      r5, 17
        sc
        li      r0, SYS_fsync                   # sleeps until the disk has it
        mr      r3, r30
        sc
        drop

        map
        lbz     r4, 0(r29)                      # 1
        unmap
        map
        lbz     r4, 1(r29)                      # 2
        unmap
        drop
        map
        lbz     r4, 2(r29)                      # 3

        li      r0, SYS_exit_group
        li      r3, 0
        sc

        .section .rodata
path:   .asciz  "/tmp/data"
text:   .ascii  "on the disk once\n"
