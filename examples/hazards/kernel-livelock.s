# The kernel itself waits for an SPE, and a signal arrives (docs/hazards/kernel-livelock.md; docs/facts.md,
# section 8, hazard 3, and rows 46 and 47 of the fault table). A read of /dev/zero goes into a mapped register of a
# context that is not running.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_read, 3
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

        .macro  call number
        li      r0, \number
        sc
        .endm

        .text
        .globl  _start
_start:
        li      r3, SIGALRM                     # SIGALRM is handled
        address r4, alarm_action
        li      r5, 0
        li      r6, 8
        call    SYS_rt_sigaction
        address r3, busy_path
        li      r4, 0
        li      r5, 0755
        call    SYS_spu_create
        mr      r30, r3
        address r3, other_path
        li      r4, 0
        li      r5, 0755
        call    SYS_spu_create
        address r3, busy_memory
        li      r4, O_RDWR
        call    SYS_open
        address r4, spin
        address r5, spin_end
        subf    r5, r4, r5
        call    SYS_write
        address r3, other_signal
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
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, thread_stack_top
        address r5, thread_tid
        li      r6, 0
        mr      r7, r5
        call    SYS_clone
        cmpwi   r3, 0
        beq     toucher

        li      r3, 0                           # the alarm is for the other thread
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        call    SYS_rt_sigprocmask
        mr      r3, r30                         # holds the only SPE until the program stops
        address r4, npc
        li      r5, 0
        call    SYS_spu_run
join:   address r3, thread_tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     finished
        li      r4, 0
        li      r6, 0
        call    SYS_futex
        b       join
finished:
        address r3, result
        lwz     r3, 0(r3)
        call    SYS_exit_group

toucher:
        address r3, settle_time
        li      r4, 0
        call    SYS_nanosleep
        li      r3, 0
        address r4, alarm_time
        li      r5, 0
        call    SYS_setitimer
        address r3, zero
        li      r4, 0
        call    SYS_open
        addi    r4, r28, SIG_NOTIFY_1           # copy_to_user faults, and waits for an SPE
        li      r5, 4
        call    SYS_read
        address r4, result                      # 4, or EFAULT: 14
        stw     r3, 0(r4)
        li      r3, 0
        call    SYS_exit

on_alarm:                                       # counts its calls
        address r5, alarms
        lwz     r6, 0(r5)
        addi    r6, r6, 1
        stw     r6, 0(r5)
        blr

        .section .rodata
busy_path:      .asciz  "/spu/busy"
other_path:     .asciz  "/spu/other"
busy_memory:    .asciz  "/spu/busy/mem"
other_signal:   .asciz  "/spu/other/signal1"
zero:           .asciz  "/dev/zero"
        .balign 8
settle_time:    .quad   0, 1000000              # 1 ms
alarm_time:     .quad   0, 0, 0, 1000           # once, in 1 ms
alarm_mask:     .quad   1 << (SIGALRM - 1)
alarm_action:   .quad   on_alarm_descriptor, 0, 0, 0
on_alarm_descriptor:
                .quad   on_alarm, 0, 0

        .data
npc:            .long   0
alarms:         .long   0
result:         .long   0

        .bss
        .balign 16
thread_tid:     .space  16
thread_stack:   .space  16384
thread_stack_top:
                .space  64

# Counts for some 20 milliseconds, then stops.
        .section .spu.spin, "ax"
        ilhu    $3, 12                          # 786,432 turns of two instructions
count:  ai      $3, $3, -1
        brnz    $3, count
        stop    1
