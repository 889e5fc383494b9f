# A thread touches SPE registers and waits, and meanwhile another one maps memory over them
# (docs/hazards/gone-mapping.md; docs/facts.md, section 8, hazard 7;
# rows 25 and 26 of the fault table are the waits).
#
#   up to 2.6.23  the touch keeps mmap_sem: the mapping stays what it was until the touch is served
#   from 2.6.25   it lets go of mmap_sem: when it wakes there is other memory, and the store goes there
#
# The status is the word that the thread stored, where it went into the new memory; 0 where it went to the SPE.
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
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    SIG_NOTIFY_1, 0xc               # in the page that signal1 maps
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    MAP_FIXED_PRIVATE_ANONYMOUS, 0x32

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
_start: create  busy_path
        mr      r30, r3
        create  wanted_path
        mr      r29, r3
        load    busy_memory, spin, spin_end
        load    wanted_memory, quick, quick_end
        open    wanted_signal, O_RDWR
        mr      r7, r3
        li      r3, 0
        li      r6, MAP_SHARED
        bl      map
        mr      r28, r3
        thread  runner, runner_stack_top, runner_tid
        thread  toucher, toucher_stack_top, toucher_tid
        sleep   half_time
        mr      r3, r28
        li      r6, MAP_FIXED_PRIVATE_ANONYMOUS
        li      r7, -1
replace:
        bl      map                             # waits as long as somebody has mmap_sem
        run     r29, wanted_npc                 # the context gets the SPE: whoever waits for that wakes
        join    toucher_tid
        lwz     r3, SIG_NOTIFY_1(r28)
        li      r0, SYS_exit_group
        sc

map:    li      r0, SYS_mmap                    # a page at r3
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r8, 0
        sc
        blr

runner: run     r30, busy_npc                   # has the SPE first
        li      r0, SYS_exit
        li      r3, 0
        sc

toucher:
        sleep   settle_time
        li      r4, 7
touch:  stw     r4, SIG_NOTIFY_1(r28)           # waits for the SPE
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
busy_path:      .asciz  "/spu/busy"
busy_memory:    .asciz  "/spu/busy/mem"
wanted_path:    .asciz  "/spu/wanted"
wanted_memory:  .asciz  "/spu/wanted/mem"
wanted_signal:  .asciz  "/spu/wanted/signal1"
        .balign 8
settle_time:    .quad   0, 1000000              # 1 ms
half_time:      .quad   0, 3000000              # 3 ms

        .data
busy_npc:       .long   0
wanted_npc:     .long   0

        .bss
        .balign 16
runner_tid:     .space  16
toucher_tid:    .space  16
runner_stack:   .space  8192
runner_stack_top:
                .space  64
toucher_stack:  .space  8192
toucher_stack_top:
                .space  64

# Counts for some 10 milliseconds, then stops.
        .section .spu.spin, "ax"
        ilhu    $3, 6
count:  ai      $3, $3, -1
        brnz    $3, count
        stop    1

        .section .spu.quick, "ax"
        stop    2
