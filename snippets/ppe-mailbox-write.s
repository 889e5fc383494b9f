# title: PPE: write to the mailbox of an SPE
# prefix: mailbox_write, wbox
# description: Opens wbox of an SPE context and writes a word to its inbound mailbox; waits while that is full
li      r0, 5                           # open
lis     r3, {{name=wbox}}_path@ha
addi    r3, r3, {{name}}_path@l
li      r4, 1                           # O_WRONLY
sc
li      r0, 4                           # write
lis     r4, {{name}}_word@ha
addi    r4, r4, {{name}}_word@l
li      r5, 4
sc

.pushsection .data
{{name}}_path:
.asciz  "/spu/{{context=program}}/wbox"
.balign 4
{{name}}_word:
.long   {{value=1}}
.popsection
