# title: PPE: signal handler with sigaction
# prefix: sigaction, signal_handler, rt_sigaction
# description: Has a signal handled: rt_sigaction, its structure, the function descriptor and the handler
li      r0, 173                         # rt_sigaction
li      r3, {{signal=14}}               # SIGALRM
lis     r4, {{handler=on_signal}}_action@ha
addi    r4, r4, {{handler}}_action@l
li      r5, 0                           # the old action is not wanted
li      r6, 8                           # bytes of a mask
sc

.pushsection .data
.balign 8
{{handler}}_action:
.quad   {{handler}}_descriptor
.quad   {{flags=0}}                     # SA_SIGINFO 4, SA_RESTART 0x10000000
.quad   0                               # no restorer
.quad   {{mask=0}}                      # signals that wait meanwhile: 1 << (signal - 1)
{{handler}}_descriptor:
.quad   {{handler}}, 0, 0
.popsection

.pushsection .text.handlers, "ax"
{{handler}}:
{{code=nop}}                                     # r3 is the signal, r4 the siginfo, r5 the ucontext
blr
.popsection
