# A driver says "again", and the core hands that on instead of making MINOR of it (docs/hazards/unknown-answer.md;
# docs/facts.md, section 8, hazard 16; row 44 of the fault table is the answer).
#
#   2.6.18-retry                     do_no_page makes VM_FAULT_MINOR of NOPAGE_RETRY: the access is made again
#   2.6.18-retry,retryFolded=false   VM_FAULT_RETRY reaches do_page_fault, which knows OOM, SIGBUS, MINOR and MAJOR: BUG()
#
# refault: device driver size=4K answers=retry,page

        .equ    SYS_exit, 1
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_munmap, 91
        .equ    SYS_clone, 120
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
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

        .macro  join tid                        # waits until a thread has ended
1:      address r3, \tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     2f
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       1b
2:
        .endm

        .text
        .globl  _start
_start: li      r0, SYS_open
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
        mr      r28, r3
        thread  toucher, toucher_stack_top, toucher_tid
        join    toucher_tid
        li      r0, SYS_munmap                  # needs mmap_sem
        mr      r3, r28
        li      r4, 4096
unmap:  sc
        li      r0, SYS_exit_group
        li      r3, 0
        sc

toucher:
        stw     r28, 0(r28)                     # "again"
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
device:         .asciz  "/dev/driver"

        .bss
        .balign 16
toucher_tid:    .space  16
toucher_stack:  .space  8192
toucher_stack_top:
                .space  64
