# A page that somebody drops as often as it is read (docs/hazards/fadvise-livelock.md; docs/facts.md, section 8,
# hazard 17, and row 4 of the fault table): one thread touches a page of a file, the other says POSIX_FADV_DONTNEED all the time.

        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_setitimer, 104
        .equ    SYS_fsync, 118
        .equ    SYS_clone, 120
        .equ    SYS_rt_sigaction, 173
        .equ    SYS_fadvise64, 233
        .equ    SYS_exit_group, 234
        .equ    SIGALRM, 14
        .equ    O_CREAT_RDWR, 0102
        .equ    PROT_READ, 1
        .equ    MAP_SHARED, 1
        .equ    FADV_DONTNEED, 4
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID

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
        address r3, file
        li      r4, O_CREAT_RDWR
        li      r5, 0600
        call    SYS_open
        mr      r30, r3
        address r4, content
        li      r5, 8
        call    SYS_write
        mr      r3, r30                         # to the disk, and out of the page cache
        call    SYS_fsync
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, FADV_DONTNEED
        call    SYS_fadvise64
        mr      r3, r30
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ
        li      r6, MAP_SHARED
        li      r8, 0
        call    SYS_mmap
        mr      r28, r3
        li      r3, SIGALRM                     # a timer that nobody hears: it keeps the two processors in step
        address r4, ignored
        li      r5, 0
        li      r6, 8
        call    SYS_rt_sigaction
        li      r3, 0
        address r4, tick
        li      r5, 0
        call    SYS_setitimer
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, thread_stack_top
        address r5, thread_tid
        li      r6, 0
        mr      r7, r5
        call    SYS_clone
        cmpwi   r3, 0
        beq     adversary
touch:  lbz     r3, 0(r28)                      # l, 108
        call    SYS_exit_group

adversary:
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, FADV_DONTNEED
        call    SYS_fadvise64
        b       adversary

        .section .rodata
file:           .asciz  "/tmp/library"
content:        .ascii  "library"
        .balign 8
tick:           .quad   0, 2, 0, 2              # every 2 us
ignored:        .quad   1, 0, 0, 0

        .bss
        .balign 16
thread_tid:     .space  16
thread_stack:   .space  16384
thread_stack_top:
                .space  64
