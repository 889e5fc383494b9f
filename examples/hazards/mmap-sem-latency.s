# One thread waits for the disk, and every other one waits with it (docs/hazards/mmap-sem-latency.md;
# docs/facts.md, section 8, hazard 6). A fault holds mmap_sem for reading as long as it lasts.
#
#   reader    touches a page that is on the disk: MAJOR after 8 ms (row 4)
#   mapper    calls mmap after 1 ms: wants mmap_sem for writing, and has to wait for reader
#   toucher   touches fresh memory after 2 ms: a MINOR fault (row 1) that should take a microsecond, but
#             waits behind mapper until the disk has delivered a page that is none of its business
#
# The status is the milliseconds that the call of mmap took.

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_fsync, 118
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_futex, 221
        .equ    SYS_fadvise64, 233
        .equ    SYS_exit_group, 234
        .equ    O_RDWR_CREAT, 0102
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_PRIVATE, 2
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    POSIX_FADV_DONTNEED, 4
        .equ    TICKS_IN_MILLISECOND, 79800     # of the time base
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  thread start, stack_top, tid
        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, \stack_top
        address r5, \tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     \start
        .endm

        .macro  sleep time
        li      r0, SYS_nanosleep
        address r3, \time
        li      r4, 0
        sc
        .endm

        .macro  anonymous                       # a fresh page
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
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
        li      r0, SYS_write                   # a page that only the disk has
        address r4, path
        li      r5, 10
        sc
        li      r0, SYS_fsync
        mr      r3, r30
        sc
        li      r0, SYS_fadvise64
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, POSIX_FADV_DONTNEED
        sc
        li      r0, SYS_mmap
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE
        mr      r7, r30
        li      r8, 0
        sc
        mr      r29, r3
        anonymous
        mr      r28, r3

        thread  mapper, mapper_stack_top, mapper_tid
        thread  toucher, toucher_stack_top, toucher_tid
reader: lbz     r4, 0(r29)                      # MAJOR, 8 ms
join:   address r3, mapper_tid                  # 0 once the thread has ended
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     finished
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       join
finished:
        address r4, took
        ld      r5, 0(r4)
        lis     r6, TICKS_IN_MILLISECOND@h
        ori     r6, r6, TICKS_IN_MILLISECOND@l
        divd    r3, r5, r6
        li      r0, SYS_exit_group
        sc

mapper: sleep   ms1
        mftb    r27
        anonymous
        mftb    r26
        subf    r26, r27, r26
        address r4, took
        std     r26, 0(r4)
        li      r0, SYS_exit
        li      r3, 0
        sc

toucher:
        sleep   ms2
        stb     r4, 0(r28)                      # MINOR, and 6 ms late
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
path:           .asciz  "/tmp/data"
        .balign 8
ms1:            .quad   0, 1000000
ms2:            .quad   0, 2000000

        .data
        .balign 16
took:           .quad   0
mapper_tid:     .quad   0
toucher_tid:    .quad   0
mapper_stack:   .space  1024
mapper_stack_top:
                .space  64
toucher_stack:  .space  1024
toucher_stack_top:
                .space  64
