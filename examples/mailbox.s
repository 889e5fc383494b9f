# PPE and SPE talk: a thread runs the SPE program, the other writes numbers into its inbound
# mailbox and reads back their squares through the interrupting mailbox. No access to an SPE's
# memory is needed, so no fault has to do with one: files can wait where a page fault must not.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_read, 3
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_clone, 120
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    O_RDONLY, 0
        .equ    O_WRONLY, 1
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  open path, flags
        li      r0, SYS_open
        address r3, \path
        li      r4, \flags
        sc
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_spu_create
        address r3, path
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3
        open    memory, O_RDWR
        li      r0, SYS_write
        address r4, square
        address r5, square_end
        subf    r5, r4, r5
        sc
        open    inbound, O_WRONLY
        mr      r28, r3
        open    outbound, O_RDONLY
        mr      r27, r3

        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, runner_stack_top
        address r5, runner_tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     runner

        li      r26, 5                          # five questions
ask:    address r4, word
        stw     r26, 0(r4)
        li      r0, SYS_write                   # blocks while the mailbox is full
        mr      r3, r28
        li      r5, 4
        sc
        li      r0, SYS_read                    # blocks until the answer is there
        mr      r3, r27
        address r4, word
        li      r5, 4
        sc
        address r4, word
        lwz     r5, 0(r4)
        add     r25, r25, r5
        addi    r26, r26, -1
        cmpwi   r26, 0
        bne     ask

        li      r5, 0                           # 0 ends the SPE program
        address r4, word
        stw     r5, 0(r4)
        li      r0, SYS_write
        mr      r3, r28
        li      r5, 4
        sc
join:   address r3, runner_tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     finished
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       join
finished:
        li      r0, SYS_exit_group              # 25 + 16 + 9 + 4 + 1 = 55
        mr      r3, r25
        sc

runner: li      r0, SYS_spu_run
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
path:           .asciz  "/spu/squarer"
memory:         .asciz  "/spu/squarer/mem"
inbound:        .asciz  "/spu/squarer/wbox"
outbound:       .asciz  "/spu/squarer/ibox"

        .data
npc:            .long   0

        .bss
        .balign 16
word:           .space  16
runner_tid:     .space  16
runner_stack:   .space  8192
runner_stack_top:
                .space  64

        .section .spu.square, "ax"
next:   rdch    $3, $SPU_RdInMbox               # waits for a number
        brz     $3, done
        mpy     $4, $3, $3
        wrch    $SPU_WrOutIntrMbox, $4          # waits while the last answer is unread
        br      next
done:   stop    1
