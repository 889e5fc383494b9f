# Two SPE contexts and one SPE: a thread touches the mapped registers of the context that is
# not running, and an alarm arrives while it waits for the SPE.
#
#   2.6.18         The interrupted wait can only be answered with NOPAGE_SIGBUS: the program dies (row 29).
#   2.6.18-retry   The wait answers NOPAGE_RETRY (row 30): the handler of the alarm runs, the store is taken
#                  again, waits again, and succeeds when the SPE is free (row 26 of docs/facts.md, section 7).
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_setitimer, 104
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_rt_sigaction, 173
        .equ    SYS_rt_sigprocmask, 174
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279

        .equ    SIGALRM, 14
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_rt_sigaction            # SIGALRM is handled
        li      r3, SIGALRM
        address r4, alarm_action
        li      r5, 0
        li      r6, 8
        sc

        li      r0, SYS_spu_create              # the context that will run
        address r3, busy_path
        li      r4, 0
        li      r5, 0755
        sc
        mr      r30, r3

        li      r0, SYS_spu_create              # the context whose registers are touched
        address r3, other_path
        li      r4, 0
        li      r5, 0755
        sc

        li      r0, SYS_open                    # the running context gets its program
        address r3, busy_memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, spin
        address r5, spin_end
        subf    r5, r4, r5
        sc

        li      r0, SYS_open                    # the other one's register is mapped
        address r3, other_signal
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

        li      r0, SYS_clone
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, toucher_stack_top
        address r5, toucher_tid
        li      r6, 0
        mr      r7, r5
        sc
        cmpwi   r3, 0
        beq     toucher

        li      r0, SYS_rt_sigprocmask          # the alarm is for the other thread
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        sc
        li      r0, SYS_spu_run                 # holds the only SPE until the program stops
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc

join:   address r3, toucher_tid                 # 0 once the thread has ended
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     finished
        li      r0, SYS_futex
        li      r4, 0
        li      r6, 0
        sc
        b       join
finished:
        li      r0, SYS_exit_group
        li      r3, 0
        sc

# The thread that touches. By now the context busy has the SPE.
toucher:
        li      r0, SYS_nanosleep
        address r3, settle_time
        li      r4, 0
        sc
        li      r0, SYS_setitimer
        li      r3, 0
        address r4, alarm_time
        li      r5, 0
        sc
        li      r4, 1
touch:  stw     r4, SIG_NOTIFY_1(r28)           # faults, and waits for an SPE
        li      r0, SYS_exit
        li      r3, 0
        sc

# SIGALRM: says that it ran, and returns to the store that it interrupted.
on_alarm:
        li      r0, SYS_write
        li      r3, 1
        address r4, alarm_text
        li      r5, alarm_text_end - alarm_text
        sc
        blr

        .section .rodata
busy_path:      .asciz  "/spu/busy"
other_path:     .asciz  "/spu/other"
busy_memory:    .asciz  "/spu/busy/mem"
other_signal:   .asciz  "/spu/other/signal1"
alarm_text:     .ascii  "The alarm is handled; the store is taken again.\n"
alarm_text_end:
        .balign 8
settle_time:    .quad   0, 1000000              # 1 ms
alarm_time:     .quad   0, 0, 0, 5000           # once, in 5 ms
alarm_mask:     .quad   1 << (SIGALRM - 1)
alarm_action:   .quad   on_alarm_descriptor, 0, 0, 0
on_alarm_descriptor:
                .quad   on_alarm, 0, 0

        .data
npc:            .long   0

        .bss
        .balign 16
toucher_tid:    .space  16
toucher_stack:  .space  16384
toucher_stack_top:
                .space  64

# The SPU program of the running context: counts for some 20 milliseconds, then stops.
        .section .spu.spin, "ax"
        ilhu    $3, 12                          # 786,432 turns of two instructions
count:  ai      $3, $3, -1
        brnz    $3, count
        stop    1
