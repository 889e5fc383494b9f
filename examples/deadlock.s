# Three threads, one SPE, and mmap_sem: a deadlock that no kernel from 2.6.18 to 2.6.24 escapes
# (docs/facts.md, section 8, hazard 5). It ends as one: the report says who holds what, who waits
# for whom, and who came before whom.
#
#   runner    runs the context busy on the only SPE. After 20 ms its SPU puts to a page that was never
#             touched: the thread has to take mmap_sem for reading, to have the page brought in (row 53).
#   toucher   touches the mapped register of the context other after 1 ms, and waits for the SPE (row 26).
#             A fault holds mmap_sem for reading as long as it lasts.
#   mapper    calls mmap after 5 ms: it wants mmap_sem for writing, and waits for toucher.
#
# Readers share mmap_sem, but not past a writer that waits: runner waits behind mapper, mapper for
# toucher, and toucher for the SPE that runner keeps.
#
# refault: spes=1

        .equ    SYS_exit, 1
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_mmap, 90
        .equ    SYS_clone, 120
        .equ    SYS_nanosleep, 162
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2
        .equ    PROT_READ_WRITE, 3
        .equ    MAP_SHARED, 1
        .equ    MAP_PRIVATE_ANONYMOUS, 0x22
        .equ    THREAD_FLAGS, 0x350f00          # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
        .equ    SIG_NOTIFY_1, 0xc               # offset of the register in a mapping of signal1

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .macro  create path
        li      r0, SYS_spu_create
        address r3, \path
        li      r4, 0
        li      r5, 0755
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

        .macro  sleep time
        li      r0, SYS_nanosleep
        address r3, \time
        li      r4, 0
        sc
        .endm

        .text
        .globl  _start
_start:
        create  busy_path
        mr      r30, r3
        create  other_path

        li      r0, SYS_open                    # the running context gets its program
        address r3, busy_memory
        li      r4, O_RDWR
        sc
        li      r0, SYS_write
        address r4, late
        address r5, late_end
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

        thread  toucher, toucher_stack_top, toucher_tid
        thread  mapper, mapper_stack_top, mapper_tid

runner: li      r0, SYS_spu_run                 # the first thread itself
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        li      r0, SYS_exit_group              # never reached
        li      r3, 0
        sc

toucher:
        sleep   soon
touch:  stw     r4, SIG_NOTIFY_1(r28)           # faults, and waits for an SPE with mmap_sem held
        li      r0, SYS_exit
        li      r3, 0
        sc

mapper: sleep   later
        li      r0, SYS_mmap                    # any change to the address space would do
        li      r3, 0
        li      r4, 4096
        li      r5, PROT_READ_WRITE
        li      r6, MAP_PRIVATE_ANONYMOUS
        li      r7, -1
        li      r8, 0
        sc
        li      r0, SYS_exit
        li      r3, 0
        sc

        .section .rodata
        .balign 8
busy_path:      .asciz  "/spu/busy"
busy_memory:    .asciz  "/spu/busy/mem"
other_path:     .asciz  "/spu/other"
other_signal:   .asciz  "/spu/other/signal1"
        .balign 8
soon:           .quad   0, 1000000              # 1 ms
later:          .quad   0, 5000000              # 5 ms

        .data
npc:            .long   0

        .bss
        .balign 16
toucher_tid:    .space  16
mapper_tid:     .space  16
toucher_stack:  .space  8192
toucher_stack_top:
                .space  64
mapper_stack:   .space  8192
mapper_stack_top:
                .space  64
        .balign 4096
fresh:          .space  4096

        .section .spu.late, "ax"
        ilhu    $3, 12                          # turns round for 20 ms
1:      ai      $3, $3, -1
        brnz    $3, 1b
        il      $2, 0
        ilhu    $4, (fresh@ppu)@h
        iohl    $4, (fresh@ppu)@l
        il      $5, 16
        il      $6, 0x20                        # put
        wrch    $MFC_LSA, $2
        wrch    $MFC_EAH, $2
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $5
        wrch    $MFC_TagID, $2
        wrch    $MFC_Cmd, $6
        il      $8, 1
        wrch    $MFC_WrTagMask, $8
        il      $8, 2
        wrch    $MFC_WrTagUpdate, $8
        rdch    $9, $MFC_RdTagStat              # waits until the page is there
        stop    1
