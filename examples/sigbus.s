# A file is mapped that is shorter than the mapping: touching what lies beyond its end is
# answered with NOPAGE_SIGBUS (docs/facts.md, section 7, row 8). The handler sees si_code BUS_ADRERR
# and the address. Both kernels agree: nothing would be gained by taking that access again.

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_rt_sigaction, 173
        .equ    SYS_exit_group, 234

        .equ    SIGBUS, 7
        .equ    BUS_ADRERR, 2
        .equ    SA_SIGINFO, 4
        .equ    SI_CODE, 8                      # offsets in siginfo
        .equ    SI_ADDR, 16
        .equ    O_RDWR_CREAT, 0102
        .equ    PROT_READ, 1
        .equ    MAP_SHARED, 1
        .equ    PAGE, 4096

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_rt_sigaction
        li      r3, SIGBUS
        address r4, action
        li      r5, 0
        li      r6, 8
        sc

        li      r0, SYS_open                    # a file of six bytes
        address r3, path
        li      r4, O_RDWR_CREAT
        li      r5, 0600
        sc
        mr      r30, r3
        li      r0, SYS_write
        address r4, contents
        li      r5, 6
        sc

        li      r0, SYS_mmap                    # mapped as two pages
        li      r3, 0
        li      r4, 2 * PAGE
        li      r5, PROT_READ
        li      r6, MAP_SHARED
        mr      r7, r30
        li      r8, 0
        sc
        mr      r31, r3

within: lbz     r4, 0(r31)                      # within the file
zeros:  lbz     r4, 100(r31)                    # past the last byte, in its last page: zero
beyond: lbz     r4, PAGE(r31)                   # beyond the last page: SIGBUS
        li      r3, 1                           # not reached
        b       exit

# The handler: r4 points to siginfo. Leaves with 0 when it was told what happened.
on_bus: lwz     r5, SI_CODE(r4)
        ld      r6, SI_ADDR(r4)
        addi    r7, r31, PAGE
        li      r3, 2
        cmpwi   r5, BUS_ADRERR
        bne     exit
        cmpd    r6, r7
        bne     exit
        li      r0, SYS_write
        li      r3, 1
        address r4, text
        li      r5, text_end - text
        sc
        li      r3, 0
exit:   li      r0, SYS_exit_group
        sc

        .section .rodata
path:           .asciz  "/tmp/short"
contents:       .ascii  "short\n"
text:           .ascii  "SIGBUS: the address lies beyond the end of the file.\n"
text_end:
        .balign 8
action:         .quad   descriptor, SA_SIGINFO, 0, 0
descriptor:     .quad   on_bus, 0, 0
