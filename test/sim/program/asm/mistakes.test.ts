/** What the assembler says of mistakes: all of a file at once, each with its place. */
import { describe, expect, it } from 'vitest';
import { assembleFiles, assembleText, errorsOf, mistakesIn } from '../../../support/assembly.ts';

describe('mistakes', () => {
  it('are all reported, in order of place', () => {
    expect(mistakesIn([
      '_start: adi 3,3,1',
      '        addi 3,3,40000',
      '        addi 3,3',
      '        .bite 1',
      '        lwz 3,missing(4)',
      '        beq cr9,_start',
      '        bc 12,2,_start+0x10000 ; nop ; .byte 256',
      '_start: nop',
    ].join('\n'))).toEqual([
      '1:9 "adi" is no PowerPC instruction and no macro. Did you mean "addi"?',
      '2:18 This operand of "addi" is 40000; it must be -32768 to 32767.',
      '3:14 There are 2 operands here, but this instruction is written "addi rt,ra,si".',
      '4:9 The directive ".bite" is not known. Did you mean ".byte"?',
      '5:15 The symbol "missing" is not defined in the PowerPC program.',
      '6:13 There is no register "cr9": a condition-register field (cr0 to cr7) must come here.',
      '7:17 The target of "bc" is 65520 bytes from here; it must be -32768 to 32764, a multiple of 4.',
      '7:40 The value 256 does not fit a byte: it must be -128 to 255.',
      '8:1 The symbol "_start" is defined twice: first at test.s:1.',
    ]);
  });

  it.each([
    ['lwz 3,4', '1:15 This operand is written "displacement(register)", for example 8(1).'],
    ['ld 3,6(4)', '1:14 This operand of "ld" is 6; it must be -32768 to 32764, a multiple of 4.'],
    ['add 3,4,f5', '1:17 "f5" is a floating-point register; a general register (r0 to r31) must come here.'],
    ['add r3,r4,r32', '1:19 There is no register "r32": a general register (r0 to r31) must come here.'],
    ['add r3 r4,r5', '1:16 There is no comma between "r3" and "r4".'],
    ['stw r3 8(r4)', '1:16 There is no comma between "r3" and "8(r4)".'],
    ['fadd f1,r2,f3', '1:17 "r2" is a general register; a floating-point register (f0 to f31) must come here.'],
    ['bt lr,_start', '1:12 "lr" is a special-purpose register; a condition-register bit (such as eq or 4*cr1+eq) must come here.'],
    ['crand 0,cr2+eq,1', '1:17 A CR field has four bits: write 4*cr2+eq for a bit of cr2.'],
    ['mtspr vrsav,r3', '1:15 The symbol "vrsav" is not defined in the PowerPC program.'],
    ['addi r3,r4,_start', '1:20 This operand of "addi" is 268435456; it must be -32768 to 32767. It is an address: take a part of it with @ha, @l and the like.'],
    ['ori 3,3,-1', '1:17 This operand of "ori" is -1; it must be 0 to 65535.'],
    ['rlwinm 3,4,5,0xf0f', '1:22 This operand of "rlwinm" is 3855; it must be one run of ones in 32 bits, such as 0xff00 or 0xf000000f.'],
    ['lwzu r3,4(r0)', '1:14 The base, which becomes the address, must not be r0.'],
    ['lbzux r3,r3,r4', '1:15 The base, which becomes the address, must not be the register that is loaded.'],
    ['lmw r20,0(r25)', '1:13 The base must not be among the registers that are loaded.'],
    ['bc+ 20,0,_start', '1:13 This operand of "bc+" is 20; it must be 4, 12, 16 or 18 (the others have no hint).'],
    ['bc 5,0,_start', '1:12 This operand of "bc" is 5; it must be 0, 2, 4, 6 to 8, 10, 12, 14 to 16, 18, 20 or 24 to 27.'],
    ['.quad x@tprel', '1:22 "@tprel" belongs to thread-local variables, which need GNU ld: link the program and run the ELF file.'],
    ['bl _savegpr0_29', '1:12 The symbol "_savegpr0_29" is not defined in the PowerPC program. GNU ld makes it for programs compiled with -Os: compile with -O2.'],
    ['.single 1e39', '1:21 The number is too large for a single-precision float: use .double.'],
    ['addi r3,r4,r5', '1:20 "r5" is a register, which cannot stand here.'],
    ['add 3,,5', '1:15 A general register (r0 to r31) must come here.'],
    ['add 3,4,_start', '1:17 This operand is an address; a general register (r0 to r31) must come here.'],
    ['add+ 3,4,5', '1:9 "add" takes no hint: write it without "+".'],
    ['.byte 1\nnop', '2:1 The instruction does not lie at a multiple of 4 bytes: write ".balign 4" before it.'],
    ['.ascii "abc', '1:16 The string is not closed: write a quotation mark where it ends.'],
    ['/* never\nclosed', '2:1 The comment that starts with "/*" is not closed: write "*/" where it ends.'],
    ['.ascii "a\\qb"', '1:9 The string has the unknown escape "\\q": use \\n, \\t, \\\\, \\", \\ooo or \\xhh.'],
    ['.ascii 5', '1:16 A string in quotation marks must come here.'],
    ['.float x', '1:16 A floating-point number must come here, such as 1.5 or -2e10.'],
    ['.align 40', '1:16 The alignment, a power of two, is 40; it must be 0 to 20.'],
    ['.balign 6', '1:17 The alignment is 6 bytes; it must be 1, 2, 4, 8 or another power of two.'],
    ['.space -1', '1:15 The number of bytes is -1; it must not be negative.'],
    ['.space 0x10000000', '1:9 The section .text would grow to 268435456 bytes; 67108864 is the most.'],
    ['nop\n.org 0', '2:1 The origin 0 lies before this place, which is 4 bytes into the section: .org only goes forward.'],
    ['.bss\n.long 1', '2:1 The section .bss holds zeros only: put values into .data.'],
    ['.bss\n.long _start', '2:1 The section .bss holds zeros only: put values into .data.'],
    ['.section odd,"aq"', '1:9 The section flags "aq" are not known: use a (loaded), w (writable), x (executable).'],
    ['.section odd\nx: .long 1\n.data\n.long x', '4:1 The section odd is not part of the program\'s memory: give it flags, as in ".section odd,"aw"".'],
    ['.set _start, 5', '1:9 "_start" is a label and cannot get another value: first at test.s:1.'],
    ['.equiv a,1\n.equiv a,2', '2:1 The symbol "a" has a value already: first at test.s:1.'],
    ['.endif', '1:9 There is no .if for this .endif.'],
    ['.else', '1:9 There is no .if for this .else.'],
    ['.if 1\n.else\n.else\n.endif', '3:1 .else cannot follow .else: write .endif first.'],
    ['.if 1', '1:9 This conditional is not closed: write .endif where it ends.'],
    ['.macro m\nnop', '1:9 This block is not closed: write .endm where it ends.'],
    ['.rept 3', '1:9 This block is not closed: write .endr where it ends.'],
    ['.endm', '1:9 There is no .macro for this .endm.'],
    ['.exitm', '1:9 .exitm does nothing outside a macro.'],
    ['.macro m a\nnop\n.endm\nm 1,2', '4:5 The macro "m" takes 1 arguments; "2" is one too many.'],
    ['.macro m a:req\nnop\n.endm\nm', '4:1 The macro "m" needs a value for "a".'],
    ['.macro m\n.endm\n.macro m\n.endm', '3:1 The macro "m" is defined already: write ".purgem m" first.'],
    ['.error "too old"', '1:9 The program says: too old'],
    ['.include "gone.inc"', '1:28 The file "gone.inc" cannot be read.'],
    ['.popsection', '1:9 There is no .pushsection for this .popsection.'],
    ['.fill 1,9', '1:17 The size is 9; it must be 0 to 8.'],
    ['@', '1:9 A label, an instruction or a directive must come here, not "@".'],
    ['nop 5', '1:13 There is 1 operand here, but this instruction is written "nop".'],
  ])('in %j', (text, mistake) => {
    expect(mistakesIn(`_start: ${text}`).filter((message) => !message.startsWith('0:0'))).toEqual([mistake]);
  });
});

describe('mistakes in macros', () => {
  it('are reported where the macro is called, and say which line of it', () => {
    const text = '.macro inner r\naddi \\r,\\r,99999\n.endm\n.macro outer\nnop\ninner 3\n.endm\n_start: nop\n   outer\n';
    expect(mistakesIn(text)).toEqual([
      '9:4 This operand of "addi" is 99999; it must be -32768 to 32767. (line 6 of test.s, in the macro "outer") (line 2 of test.s, in the macro "inner")',
    ]);
  });

  it('stop what would never end', () => {
    expect(mistakesIn('.macro forever\nforever\n.endm\n_start: forever')[0]).toMatch(
      /^4:9 Macros, repetitions and included files nest 100 deep here: something includes or calls itself for ever\. \(line 2 of test\.s, in the macro "forever"\) \(97 macros between\) \(line 2 of test\.s, in the macro "forever"\)$/,
    );
    expect(mistakesIn('_start:\n.rept 1000000000\nnop\n.endr')[0]).toMatch(/^2:1 The program has more than 1000000 statements/);
    // What leaves its macro early is not counted before.
    expect(mistakesIn('.macro early\n.rept 100000000\n.exitm\n.endr\n.endm\n.globl _start\n_start: early\nnop')).toEqual([]);
    expect(mistakesIn('.macro double a\ndouble "\\a\\a"\n.endm\n_start: double xxxxxxxxxxxxxxxx')[0]).toMatch(/^4:9 The statement that this macro makes has \d+ characters; 65536 is the most\./);
    expect(mistakesIn(`_start: nop\n.data\n.rept 10\n.space size\n.endr\n.set size, 0x4000000\n.set size, 0x2000000`)).toEqual([
      '4:1 The section .data has 335544320 bytes; 67108864 is the most.',
    ]);
    expect(errorsOf(() => assembleFiles({ 'a.s': '.include "a.s"' }))[0]?.message).toMatch(/^Macros, repetitions and included files nest/);
  });
});

describe('files with other manners', () => {
  it('may have Windows line ends', () => {
    expect(assembleText('_start: nop\r\n\tblr\r\n').lines.lines).toEqual([1, 2, 0]);
  });

  it('may have comments of every kind', () => {
    expect(assembleText('# one\n// two\n/* three\nfour */ _start: nop /* five */; nop // six\n nop # seven').lines.columns).toEqual([17, 33, 2, 0]);
  });

  it('are not preprocessed, which .S files are told', () => {
    expect(mistakesIn('#define X 1\n# include no more\n_start: nop', 'test.S')).toEqual([
      '1:1 The C preprocessor is not run on this file: use .equ, .macro, .include and .ifdef instead of lines that start with "#".',
      '2:1 The C preprocessor is not run on this file: use .equ, .macro, .include and .ifdef instead of lines that start with "#".',
    ]);
    expect(mistakesIn('#define X 1\n_start: nop', 'test.s')).toEqual([]);
  });
});
