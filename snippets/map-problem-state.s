# title: PPE: map the problem state of an SPE and touch it
# prefix: problem_state, map_spe, mmap_spe, signal1, psmap
# description: Maps registers of an SPE context and writes signal notification 1: the store faults, and waits until the context has an SPE
li      r0, 5                           # open
lis     r3, {{registers=signal1}}_path@ha
addi    r3, r3, {{registers}}_path@l
li      r4, 2                           # O_RDWR
sc
mr      r7, r3
li      r0, 90                          # mmap
li      r3, 0
li      r4, 4096
li      r5, 3                           # PROT_READ | PROT_WRITE
li      r6, 1                           # MAP_SHARED
li      r8, 0
sc
mr      {{mapping=r28}}, r3
li      r4, {{value=1}}
stw     r4, 0xc({{mapping}})            # SPU_Sig_Notify_1

.pushsection .rodata
{{registers}}_path:
.asciz  "/spu/{{context=program}}/{{registers}}"
.popsection
