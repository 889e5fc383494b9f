# Faults that cost little: first touches, the page of zeros, and copy on write.
#
# Each numbered instruction below makes one fault that becomes MINOR, for a reason of its own (rows
# of the fault table in docs/facts.md, section 7). Fault 0 is the fetch of the first instruction:
# the program's own code comes from the page cache as well.

        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    PAGE, 4096

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_mmap                    # two pages of anonymous memory
        li      r3, 0
        li      r4, 2 * PAGE
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
        sc
        mr      r31, r3

        li      r4, 1
write:  stw     r4, 0(r31)                      # 1: a first write gets a fresh page of zeros (row 1)
read:   lwz     r5, PAGE(r31)                   # 2: a first read gets the shared page of zeros, read-only (row 2)
again:  lwz     r5, PAGE + 8(r31)               # no fault: the page is there
copy:   stw     r4, PAGE(r31)                   # 3: so a write has to copy it (row 5)

        address r6, initialised
file:   lwz     r5, 0(r6)                       # 4: a page of the program's data, in the page cache (row 3)
own:    stw     r4, 0(r6)                       # 5: private data: the write gets its own copy (row 5)
        address r6, untouched
early:  stw     r4, 0(r6)                       # 6: written before it was read: copied at once (row 6)

        li      r0, SYS_exit_group
        li      r3, 0
        sc

        .data
initialised:
        .long   2006
        .balign PAGE
untouched:
        .long   2006
