# Process 1 and a fault that finds no memory (docs/hazards/init-oom.md; docs/facts.md, section 8,
# hazard 15, and row 13 of the fault table). The limit of [anon] lets one page of two in.
#
# refault: init=yes
# refault: limit [anon]=4K

        .equ    SYS_exit, 1
        .equ    SYS_mmap, 90
        .equ    SYS_munmap, 91
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_exit_group, 234
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 8192
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
        sc
        mr      r30, r3

        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, other_stack_top
        address r5, other_tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     other

        li      r4, 77
        stb     r4, 0(r30)                      # the page that the limit allows
        stb     r4, 4096(r30)                   # one too many: goes round in do_page_fault
        lbz     r3, 4096(r30)                   # is there now, where nothing is mapped
        li      r0, SYS_exit_group              # status 77
        sc

other:  li      r0, SYS_nanosleep
        address r3, pause
        li      r4, 0
        sc
        li      r0, SYS_munmap                  # takes the mapping away under the fault
        mr      r3, r30
        li      r4, 8192
        sc
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
        .balign 8
pause:          .quad   0, 1000000              # 1 ms

        .data                                   # the limit is not for its page
        .balign 16
other_tid:      .quad   0, 0
other_stack:    .space  512
other_stack_top:
        .space  64
