# title: PPE: thread with clone
# prefix: thread, clone
# description: Starts a thread of the program with clone, gives it a stack, and waits for its end with futex
li      r0, 120                         # clone
lis     r3, 0x350f00@h                  # CLONE_VM ... CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
ori     r3, r3, 0x350f00@l
lis     r4, {{name=thread}}_stack_top@ha
addi    r4, r4, {{name}}_stack_top@l
lis     r5, {{name}}_tid@ha
addi    r5, r5, {{name}}_tid@l
li      r6, 0
mr      r7, r5
sc
cmpwi   r3, 0
beq     {{name}}
{{meanwhile=nop}}
1:
lis     r3, {{name}}_tid@ha             # 0 once the thread has ended
addi    r3, r3, {{name}}_tid@l
lwz     r5, 0(r3)
cmpwi   r5, 0
beq     2f
li      r0, 221                         # futex: FUTEX_WAIT while it is that
li      r4, 0
li      r6, 0
sc
b       1b
2:

.pushsection .text.threads, "ax"
{{name}}:
{{code=nop}}
li      r0, 1                           # exit, of the thread alone
li      r3, 0
sc
.popsection

.pushsection .bss
.balign 16
{{name}}_tid:
.space  16
.space  16384
{{name}}_stack_top:
.space  64
.popsection
