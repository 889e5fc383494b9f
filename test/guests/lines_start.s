# Calls main without a C library and exits with what it returns.
	.section ".opd","aw"
	.align 3
	.globl _start
_start:	.quad ._start,.TOC.@tocbase,0
	.text
	.type ._start,@function
._start:
	stdu 1,-112(1)
	bl main
	nop
	li 0,1
	sc
	.size ._start,.-._start
