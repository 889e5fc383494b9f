# A page that still shows an SPE which has gone to another context (docs/hazards/stale-page.md;
# docs/facts.md, section 8, hazard 12, row 41). The thread has touched the signal register of the context "first" in
# its psmap. Then "first" leaves its SPE and "second" comes. The thread writes to the register again.
#
#   2.6.19   the page was never taken away: no fault, and the word goes to "second"; status 68
#   2.6.21   it was: the write faults, waits until "first" has an SPE again, and goes to it; status 69
#   2.6.18   has no psmap: status 2, ENOENT. Its mss and mfc have the same fault, but are for the privileged
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_futex, 221
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    PSMAP_BYTES, 0x20000
        .equ    SIG_NOTIFY_1, 0x1400c           # offset of the register in psmap

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  create path                     # a context; its descriptor in r3
        li      r0, SYS_spu_create
        address r3, \path
        li      r4, 0
        li      r5, 0755
        sc
        .endm

        .macro  open path, flags
        li      r0, SYS_open
        address r3, \path
        li      r4, \flags
        sc
        .endm

        .macro  load memory, program, end       # an SPU program to address 0 of a local store
        open    \memory, O_RDWR
        li      r0, SYS_write
        address r4, \program
        address r5, \end
        subf    r5, r4, r5
        sc
        .endm

        .macro  run descriptor, npc
        li      r0, SYS_spu_run
        mr      r3, \descriptor
        address r4, \npc
        li      r5, 0
        sc
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

        .macro  sleep time
        li      r0, SYS_nanosleep
        address r3, \time
        li      r4, 0
        sc
        .endm

        .text
        .globl  _start
_start: create  first_path
        mr      r30, r3
        create  second_path
        mr      r29, r3
        load    first_memory, quick, quick_end
        load    second_memory, listen, listen_end
        open    first_registers, O_RDWR
        bso     none
        mr      r7, r3
        li      r0, SYS_mmap
        li      r3, 0
        lis     r4, PSMAP_BYTES@h
        li      r5, PROT_READ_WRITE
        li      r6, MAP_SHARED
        li      r8, 0
        sc
        lis     r4, SIG_NOTIFY_1@h
        ori     r4, r4, SIG_NOTIFY_1@l
        add     r28, r3, r4
        thread  runner, runner_stack_top, runner_tid
        run     r30, first_npc
        lwz     r3, 0(r28)                      # "first" has the SPE: the page shows its register
        address r4, first_npc
        li      r5, 0
        stw     r5, 0(r4)
        sleep   settle_time                     # "second" begins to wait
        run     r30, first_npc                  # its end gives the SPE to "second"
        sleep   settle_time
        li      r5, 1
write:  stw     r5, 0(r28)                      # to whom?
        join    runner_tid
        address r3, answer
        lwz     r3, 0(r3)
none:   li      r0, SYS_exit_group
        sc

runner: sleep   begin_time
        run     r29, second_npc
        srwi    r3, r3, 16                      # the type of its stop instruction
        address r4, answer
        stw     r3, 0(r4)
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
first_path:     .asciz  "/spu/first"
first_memory:   .asciz  "/spu/first/mem"
first_registers:
                .asciz  "/spu/first/psmap"
second_path:    .asciz  "/spu/second"
second_memory:  .asciz  "/spu/second/mem"
        .balign 8
begin_time:     .quad   0, 1500000              # 1.5 ms
settle_time:    .quad   0, 2000000              # 2 ms

        .data
first_npc:      .long   0
second_npc:     .long   0
answer:         .long   0

        .bss
        .balign 16
runner_tid:     .space  16
runner_stack:   .space  16384
runner_stack_top:
                .space  64

        .section .spu.quick, "ax"
        stop    1

# Looks for a signal for some 20 milliseconds: stops with 68 when one has come, else with 69.
        .section .spu.listen, "ax"
        ilhu    $3, 8
look:   rchcnt  $4, $SPU_RdSigNotify1
        brnz    $4, came
        ai      $3, $3, -1
        brnz    $3, look
        stop    69
came:   stop    68
