# get_user_pages and a driver that says "again" (docs/hazards/gup-livelock.md; docs/facts.md, section 8, hazard 4,
# and row 50 of the fault table): mlock brings the page in, within the kernel.
#
# refault: device stuck size=4K answers=retry

        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_mlock, 150
        .equ    SYS_exit_group, 234
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1

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
        address r3, device
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
        li      r4, 4096
lock:   call    SYS_mlock                       # get_user_pages asks again and again
        li      r3, 0
        call    SYS_exit_group

        .section .rodata
device: .asciz  "/dev/stuck"
