# One page of memory, with the cache and past it (docs/hazards/cache-alias.md; docs/facts.md, section 8,
# hazard 12). The local store of a context that is on no SPE is an image in memory. The kernel writes to it
# through the cache; 2.6.18 maps it into the program as it maps the local store of an SPE, past the cache.
# The fault itself is an ordinary one: MINOR (row 38 of the fault table).

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_create, 279
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
        li      r0, SYS_spu_create              # SAVED: nobody has run it yet
        address r3, path
        li      r4, 0
        li      r5, 0755
        sc
        li      r0, SYS_open
        address r3, memory
        li      r4, O_RDWR
        sc
        mr      r30, r3
        li      r0, SYS_write                   # by the kernel, through the cache
        address r4, text
        li      r5, 4
        sc
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        mr      r7, r30
        li      r8, 0
        sc
        lbz     r3, 3(r3)                       # by the program, past the cache
        li      r0, SYS_exit_group              # status 55 here; on a Cell perhaps 0
        sc

        .section .rodata
path:   .asciz  "/spu/saved"
memory: .asciz  "/spu/saved/mem"
text:   .ascii  "4567"
