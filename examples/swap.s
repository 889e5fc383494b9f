# More memory than there is: 20 pages are written and read again where memory has room for twelve.
# Pages of 64 KiB keep the story short. When no page is free the kernel takes pages that nobody has
# touched of late: it writes them to the swap device, and the fault that wanted the page waits for
# that. A page that comes back from the device is MAJOR, one that the swap cache still has is MINOR
# (row 15 of docs/facts.md, section 7). Without "swap=2M" the same program ends by row 13: OOM.
#
# refault: memory=1M page-size=64K swap=2M

        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    PAGES, 20
        .equ    PAGE_UPPER, 1                   # 64 KiB, for addis

        .text
        .globl  _start
_start:
        li      r0, SYS_mmap
        li      r3, 0
        lis     r4, PAGES
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
        sc
        mr      r30, r3

        li      r5, PAGES
        mtctr   r5
write:  stw     r5, 0(r3)                       # first touches; soon each has to make room
        addis   r3, r3, PAGE_UPPER
        bdnz    write

        li      r5, PAGES
        mtctr   r5
        mr      r3, r30
        li      r6, 0
read:   lwz     r7, 0(r3)                       # what has gone comes back
        add     r6, r6, r7
        addis   r3, r3, PAGE_UPPER
        bdnz    read

        subfic  r3, r6, 400                     # 20 times 20: status 0 when no page was lost
        li      r0, SYS_exit_group
        sc
