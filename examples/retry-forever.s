# A driver that always answers NOPAGE_RETRY and never installs anything: the store faults for
# ever, at full speed, and counts a min_flt each time (docs/facts.md, section 7, row 44). Only a signal
# ends it. Pause it, and look at the attempts in the list of faults. 2.6.18 has no such answer: there
# the driver says NOPAGE_SIGBUS.
#
# refault: device stuck size=4K answers=retry

        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
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
        li      r4, 1
touch:  stw     r4, 0(r3)                       # never succeeds
        b       touch

        .section .rodata
device: .asciz  "/dev/stuck"
