# title: PPE and SPE: program that runs an SPE program
# prefix: spe_run, spu_run, spu_create, spe_context
# description: A whole program: makes an SPE context with spu_create, writes an SPU program into its local store and runs it with spu_run
        .equ    SYS_write, 4
        .equ    SYS_open, 5
        .equ    SYS_exit_group, 234
        .equ    SYS_spu_run, 278
        .equ    SYS_spu_create, 279
        .equ    O_RDWR, 2

        .macro  address register, symbol        # an address below 2 GiB
        lis     \register, \symbol@ha
        addi    \register, \register, \symbol@l
        .endm

        .text
        .globl  _start
_start:
        li      r0, SYS_spu_create
        address r3, context
        li      r4, 0
        li      r5, 0755
        sc
        bso     failed
        mr      r30, r3
        li      r0, SYS_open                    # the program goes into the local store
        address r3, memory
        li      r4, O_RDWR
        sc
        bso     failed
        li      r0, SYS_write
        address r4, {{program}}
        address r5, {{program}}_end
        subf    r5, r4, r5
        sc
        bso     failed
        li      r0, SYS_spu_run                 # returns when the SPE program stops
        mr      r3, r30
        address r4, npc
        li      r5, 0
        sc
        bso     failed
        srwi    r3, r3, 16                      # the code of its stop instruction
failed: li      r0, SYS_exit_group              # with that, or with the number of the error
        sc

        .section .rodata
context:
        .asciz  "/spu/{{program}}"
memory: .asciz  "/spu/{{program}}/mem"

        .data
npc:    .long   0                               # where the SPE program starts, then where it stopped

        .section .spu.{{program}}, "ax"
        {{code=nop}}
        stop    {{stop=0}}
