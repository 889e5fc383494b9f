# Two birds with one stone: a driver installs the PTE itself, without a struct page, and
# answers NOPAGE_RETRY. The core leaves the PTE alone and the instruction is taken again
# (docs/facts.md, section 7, row 43). 2.6.18 does not know the answer: there the same driver has
# nothing to give, must say NOPAGE_SIGBUS, and the program dies.
#
# refault: device ring size=4K answers=install

        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_open
        address r3, device
        li      r4, O_RDWR
        sc
        mr      r7, r3
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        sc
        li      r4, 7
touch:  stw     r4, 0(r3)                       # RETRY, and the PTE is there: the store succeeds at once
        lwz     r3, 0(r3)
        li      r0, SYS_exit_group              # ends with 7
        sc

        .section .rodata
device: .asciz  "/dev/ring"
