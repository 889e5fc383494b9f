# title: PPE: system call
# prefix: syscall, sc
# description: A Linux system call with three arguments and a branch for errors
li      r0, {{number=20}}               # the number of the call: getpid
li      r3, {{first=0}}
li      r4, {{second=0}}
li      r5, {{third=0}}
sc
bns+    1f
{{error=nop}}                                     # it failed: r3 is the number of the error
1:
mr      {{result=r31}}, r3
