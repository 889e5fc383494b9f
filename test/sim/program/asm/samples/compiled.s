	.file	"compiled.c"
	.machine cell
	.section	".text"
	.align 2
	.p2align 3,,7
	.section	".opd","aw"
	.align 3
cmp:
	.quad	.L.cmp,.TOC.@tocbase,0
	.previous
	.type	cmp, @function
.L.cmp:
.LFB1:
	.cfi_startproc
	cmpw 0,3,4
	blt 0,.L3
	subf 3,3,4
	srdi 3,3,63
	extsw 3,3
	blr
	.p2align 3,,7
.L3:
	li 3,-1
	extsw 3,3
	blr
	.long 0
	.byte 0,0,0,0,0,0,0,0
	.cfi_endproc
.LFE1:
	.size	cmp,.-.L.cmp
	.section	".toc","aw"
	.align 3
.LC0:
	.quad	.L8
	.section	".text"
	.align 2
	.p2align 3,,7
	.globl sw
	.section	".opd","aw"
	.align 3
sw:
	.quad	.L.sw,.TOC.@tocbase,0
	.previous
	.type	sw, @function
.L.sw:
.LFB2:
	.cfi_startproc
	cmplwi 0,3,9
	bgt 0,.L6
	addis 9,2,.LC0@toc@ha
	ld 10,.LC0@toc@l(9)
	sldi 9,3,2
	lwax 9,10,9
	add 9,9,10
	mtctr 9
	bctr
	.p2align 2
	.align 2
.L8:
	.long .L13-.L8
	.long .L14-.L8
	.long .L11-.L8
	.long .L10-.L8
	.long .L9-.L8
	.long .L6-.L8
	.long .L6-.L8
	.long .L6-.L8
	.long .L6-.L8
	.long .L7-.L8
	.p2align 3,,7
.L6:
	slwi 9,3,1
	add 3,9,3
	extsw 3,3
	blr
	.p2align 3,,7
.L11:
	li 3,11
	extsw 3,3
	blr
	.p2align 3,,7
.L10:
	li 3,44
	extsw 3,3
	blr
	.p2align 3,,7
.L9:
	li 3,2
	extsw 3,3
	blr
	.p2align 3,,7
.L7:
	li 3,3
	extsw 3,3
	blr
	.p2align 3,,7
.L14:
	li 3,9
	extsw 3,3
	blr
	.p2align 3,,7
.L13:
	li 3,5
	extsw 3,3
	blr
	.long 0
	.byte 0,0,0,0,0,0,0,0
	.cfi_endproc
.LFE2:
	.size	sw,.-.L.sw
	.align 2
	.p2align 3,,7
	.globl sort
	.section	".opd","aw"
	.align 3
sort:
	.quad	.L.sort,.TOC.@tocbase,0
	.previous
	.type	sort, @function
.L.sort:
.LFB3:
	.cfi_startproc
	cmpwi 0,4,0
	blelr 0
	cmpwi 0,4,1
	std 26,-48(1)
	.cfi_offset 26, -48
	mr 26,4
	stdu 1,-160(1)
	.cfi_def_cfa_offset 160
	beq 0,.L15
	std 28,128(1)
	.cfi_offset 28, -32
	addis 28,2,.LANCHOR0@toc@ha
	std 27,120(1)
	.cfi_offset 27, -40
	li 27,1
	std 29,136(1)
	.cfi_offset 29, -24
	mflr 0
	.cfi_register 65, 0
	mr 29,3
	std 0,176(1)
	.cfi_offset 65, 16
	addi 28,28,.LANCHOR0@toc@l
	std 2,40(1)
	std 30,144(1)
	.cfi_offset 30, -16
	std 31,152(1)
	.cfi_offset 31, -8
	cmpw 0,27,4
	.p2align 3,,7
.L19:
	bge 0,.L20
	subf 30,27,26
	rldicl 30,30,0,32
.L21:
	mr 31,29
	.p2align 3,,7
.L23:
	ld 9,0(28)
	addi 31,31,4
	lwa 4,0(29)
	lwa 3,0(31)
	ld 10,0(9)
	ld 11,16(9)
	mtctr 10
	ld 2,8(9)
	bctrl
	ld 2,40(1)
	cmpwi 7,3,0
	addic. 30,30,-1
	blt 7,.L32
	bne 0,.L23
.L33:
	addi 27,27,1
	addi 29,29,4
	cmpw 0,27,26
	bne 0,.L19
	ld 0,176(1)
	ld 27,120(1)
	.cfi_restore 27
	ld 28,128(1)
	.cfi_restore 28
	mtlr 0
	.cfi_restore 65
	ld 29,136(1)
	.cfi_restore 29
	ld 30,144(1)
	.cfi_restore 30
	ld 31,152(1)
	.cfi_restore 31
.L15:
	addi 1,1,160
	.cfi_def_cfa_offset 0
	ld 26,-48(1)
	.cfi_restore 26
	blr
	.p2align 3,,7
.L32:
	.cfi_def_cfa_offset 160
	.cfi_offset 26, -48
	.cfi_offset 27, -40
	.cfi_offset 28, -32
	.cfi_offset 29, -24
	.cfi_offset 30, -16
	.cfi_offset 31, -8
	.cfi_offset 65, 16
	lwz 9,0(29)
	lwz 10,0(31)
	stw 10,0(29)
	stw 9,0(31)
	bne 0,.L23
	b .L33
	.p2align 3,,7
.L20:
	li 30,1
	b .L21
	.long 0
	.byte 0,0,0,1,128,6,0,0
	.cfi_endproc
.LFE3:
	.size	sort,.-.L.sort
	.align 2
	.p2align 3,,7
	.globl fl
	.section	".opd","aw"
	.align 3
fl:
	.quad	.L.fl,.TOC.@tocbase,0
	.previous
	.type	fl, @function
.L.fl:
.LFB4:
	.cfi_startproc
	addis 9,2,.LANCHOR0+8@toc@ha
	lfd 0,.LANCHOR0+8@toc@l(9)
	addis 9,2,.LC2@toc@ha
	lfs 12,.LC2@toc@l(9)
	fdiv 0,0,12
	fmadd 1,2,1,0
	blr
	.long 0
	.byte 0,0,0,0,0,0,0,0
	.cfi_endproc
.LFE4:
	.size	fl,.-.L.fl
	.section	".toc","aw"
.LC5:
	.quad	.L43
	.section	".text"
	.align 2
	.p2align 3,,7
	.globl _start
	.section	".opd","aw"
	.align 3
_start:
	.quad	.L._start,.TOC.@tocbase,0
	.previous
	.type	_start, @function
.L._start:
.LFB5:
	.cfi_startproc
	std 28,-32(1)
	.cfi_offset 28, -32
	addis 28,2,.LANCHOR0@toc@ha
	std 29,-24(1)
	.cfi_offset 29, -24
	addis 29,2,.LANCHOR0+16@toc@ha
	std 27,-40(1)
	mflr 0
	std 0,16(1)
	addi 28,28,.LANCHOR0@toc@l
	std 30,-16(1)
	addi 29,29,.LANCHOR0+16@toc@l
	std 31,-8(1)
	.cfi_offset 27, -40
	.cfi_offset 65, 16
	.cfi_offset 30, -16
	.cfi_offset 31, -8
	li 27,4
	stdu 1,-176(1)
	.cfi_def_cfa_offset 176
	std 2,40(1)
	.p2align 3,,7
.L36:
	mr 31,29
	mr 30,27
	.p2align 3,,7
.L39:
	ld 9,0(28)
	addi 31,31,4
	lwa 4,0(29)
	lwa 3,0(31)
	ld 10,0(9)
	ld 11,16(9)
	mtctr 10
	ld 2,8(9)
	bctrl
	ld 2,40(1)
	cmpwi 0,3,0
	bge 0,.L38
	lwz 9,0(29)
	lwz 10,0(31)
	stw 10,0(29)
	stw 9,0(31)
.L38:
	addic. 30,30,-1
	bne 0,.L39
	addic. 27,27,-1
	addi 29,29,4
	bne 0,.L36
	addis 9,2,.LANCHOR0+20@toc@ha
	lwz 10,.LANCHOR0+20@toc@l(9)
	cmplwi 0,10,9
	bgt 0,.L41
	addis 9,2,.LC5@toc@ha
	ld 8,.LC5@toc@l(9)
	rldic 9,10,2,30
	lwax 9,8,9
	add 9,9,8
	mtctr 9
	bctr
	.p2align 2
	.align 2
.L43:
	.long .L48-.L43
	.long .L49-.L43
	.long .L46-.L43
	.long .L45-.L43
	.long .L44-.L43
	.long .L41-.L43
	.long .L41-.L43
	.long .L41-.L43
	.long .L41-.L43
	.long .L42-.L43
.L41:
	slwi 9,10,1
	add 10,9,10
	addi 10,10,48
.L47:
	addis 8,2,.LANCHOR1@toc@ha
	li 9,10
	addis 4,2,.LANCHOR1@toc@ha
	stb 10,.LANCHOR1@toc@l(8)
	addis 10,2,.LANCHOR1+1@toc@ha
	li 0,4
	li 3,1
	stb 9,.LANCHOR1+1@toc@l(10)
	addi 4,4,.LANCHOR1@toc@l
	li 5,2
#APP
 # 4 "compiled.c" 1
	sc
 # 0 "" 2
#NO_APP
	addis 9,2,.LANCHOR0+8@toc@ha
	addis 10,2,.LC7@toc@ha
	lfd 0,.LANCHOR0+8@toc@l(9)
	addis 9,2,.LC2@toc@ha
	lfs 12,.LC7@toc@l(10)
	addi 10,1,112
	lfs 11,.LC2@toc@l(9)
	addis 9,2,.LANCHOR0+32@toc@ha
	li 0,1
	li 4,0
	li 5,0
	fdiv 0,0,11
	lwz 9,.LANCHOR0+32@toc@l(9)
	fadd 0,0,12
	fctiwz 0,0
	stfiwx 0,0,10
	lwz 3,112(1)
	add 3,3,9
	extsw 3,3
#APP
 # 4 "compiled.c" 1
	sc
 # 0 "" 2
#NO_APP
	addi 1,1,176
	.cfi_remember_state
	.cfi_def_cfa_offset 0
	ld 0,16(1)
	ld 27,-40(1)
	ld 28,-32(1)
	mtlr 0
	.cfi_restore 65
	ld 29,-24(1)
	ld 30,-16(1)
	ld 31,-8(1)
	.cfi_restore 31
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 28
	.cfi_restore 27
	blr
.L46:
	.cfi_restore_state
	li 10,59
	b .L47
.L45:
	li 10,92
	b .L47
.L44:
	li 10,50
	b .L47
.L42:
	li 10,51
	b .L47
.L49:
	li 10,57
	b .L47
.L48:
	li 10,53
	b .L47
	.long 0
	.byte 0,0,0,1,128,5,0,0
	.cfi_endproc
.LFE5:
	.size	_start,.-.L._start
	.globl fp
	.globl ss
	.globl dd
	.globl names
	.section	.rodata.str1.8,"aMS",@progbits,1
	.align 3
.LC12:
	.string	"zero"
	.align 3
.LC13:
	.string	"one"
	.align 3
.LC14:
	.string	"two"
	.globl table
	.section	.rodata.cst4,"aM",@progbits,4
	.align 2
.LC2:
	.long	1077936128
	.align 2
.LC7:
	.long	1081081856
	.section	".data"
	.align 3
	.set	.LANCHOR0,. + 0
	.type	fp, @object
	.size	fp, 8
fp:
	.quad	cmp
	.type	dd, @object
	.size	dd, 8
dd:
	.long	1074397184
	.long	0
	.type	table, @object
	.size	table, 64
table:
	.long	5
	.long	3
	.long	9
	.long	1
	.long	7
	.zero	44
	.type	ss, @object
	.size	ss, 16
ss:
	.byte	120
	.zero	3
	.long	-1
	.quad	1311768467463790320
	.type	names, @object
	.size	names, 24
names:
	.quad	.LC12
	.quad	.LC13
	.quad	.LC14
	.section	".bss"
	.align 3
	.set	.LANCHOR1,. + 0
	.type	buf, @object
	.size	buf, 64
buf:
	.zero	64
	.ident	"GCC: (Debian 12.2.0-13) 12.2.0"
	.gnu_attribute 4, 1
