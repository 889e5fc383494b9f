# Touches memory until there is none: the fault is answered with VM_FAULT_OOM (docs/facts.md,
# section 7, row 13). Up to 2.6.22 the kernel ends the thread that asked, not the whole program; this
# program has only one. Pages of 64 KiB keep the story short: 1 MiB has sixteen.
#
# refault: memory=1M page-size=64K

        .equ    SYS_mmap, 90
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    PAGE_UPPER, 1                   # 64 KiB, for addis

        .text
        .globl  _start
_start:
        li      r0, SYS_mmap                    # promises are cheap: 16 MiB
        li      r3, 0
        lis     r4, 0x100
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
        sc

touch:  stb     r3, 0(r3)                       # each page is taken when it is touched
        addis   r3, r3, PAGE_UPPER
        b       touch
