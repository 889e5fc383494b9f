# title: PPE: read the mailbox of an SPE
# prefix: mailbox_read, ibox, mbox
# description: Opens ibox of an SPE context and reads a word from its interrupting mailbox; waits until there is one
li      r0, 5                           # open
lis     r3, {{name=ibox}}_path@ha
addi    r3, r3, {{name}}_path@l
li      r4, 0                           # O_RDONLY
sc
li      r0, 3                           # read
lis     r4, {{name}}_word@ha
addi    r4, r4, {{name}}_word@l
li      r5, 4
sc
lis     r4, {{name}}_word@ha
lwz     {{result=r31}}, {{name}}_word@l(r4)

.pushsection .data
{{name}}_path:
.asciz  "/spu/{{context=program}}/ibox"
.balign 4
{{name}}_word:
.long   0
.popsection
