/**
 * The PPE side of a standalone SPU program: a small PowerPC program that makes a context,
 * loads it, runs it and says how it ended. Arguments and library calls are those of libspe2.
 */
import { PPC } from '../ppe/instructionSet.ts';
import { SPU } from '../spe/instructionSet.ts';
import { assemble } from './asm/assemble.ts';
import { LineTableBuilder } from './lineTable.ts';
import type { Program, Segment, SpuImage } from './program.ts';

/** Exit statuses of programs that did not end with `exit`. */
const STATUS = { notStarted: 117, stopped: 118, libraryCall: 119, halted: 120, invalidInstruction: 121, invalidChannel: 122 } as const;

/** A program that can be started: a PowerPC program as it is, an SPU program behind its PPE side. */
export function startable(program: Program): Program {
  const [image] = program.spuImages;
  if (program.isa !== 'spu' || !image) return program;
  const { segments } = image;
  const text = `${CODE}${loading(segments)}${RUNNING}${data(program.name, image)}`;
  const assembled = assemble(program.name, [{ path: 'launcher.s', text }], { ppc: PPC, spu: SPU }, {
    text: () => undefined,
    bytes: (path) => segments[Number(path)]?.bytes,
  });
  return { ...assembled.program, lines: new LineTableBuilder().build(), spuImages: program.spuImages };
}

/** Name of the context below `/spu`: that of the file, without folders and ending. */
function contextName(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/(\.spu)?(\.elf|\.s)?$/, '');
  const plain = name.replace(/[^\w.+-]/g, '_');
  return /^\.*$/.test(plain) ? 'spu' : plain.slice(0, 64);
}

const SYSTEM_CALLS = { write: 4, open: 5, mmap: 90, pwrite64: 180, exit_group: 234, spu_run: 278, spu_create: 279 } as const;

const CODE = `
${Object.entries(SYSTEM_CALLS).map(([name, number]) => `        .equ    SYS_${name}, ${String(number)}\n`).join('')}
        .macro  address register, symbol
        lis     \\register, \\symbol@ha
        addi    \\register, \\register, \\symbol@l
        .endm
        .macro  call name
        li      r0, SYS_\\name
        sc
        .endm
        .macro  load number, target, bytes
        mr      r3, r30
        address r4, segment\\number
        lis     r5, \\bytes >> 16
        ori     r5, r5, \\bytes & 0xffff
        lis     r6, \\target >> 16
        ori     r6, r6, \\target & 0xffff
        call    pwrite64
        bso     cr0, failed
        .endm

        .text
        .globl  _start
_start: mr      r29, r4                 # argv
        mr      r28, r5                 # environment
        address r3, context
        li      r4, 0
        li      r5, 0755
        call    spu_create
        bso     cr0, failed
        mr      r31, r3
        address r3, memory
        li      r4, 2                   # O_RDWR
        call    open
        bso     cr0, failed
        mr      r30, r3
`;

function loading(segments: readonly Segment[]): string {
  return segments.map(({ address, bytes }, i) => (bytes.length === 0 ? '' : `        load    ${String(i)}, ${String(address)}, ${String(bytes.length)}\n`)).join('');
}

/** spe_context_run of libspe2: stack pointer, and r3 to r6 in their first doublewords. Then the runs, library calls in between. */
const RUNNING = `
        li      r3, 0                   # the local store in the address space
        lis     r4, 4
        li      r5, 3                   # PROT_READ | PROT_WRITE
        li      r6, 1                   # MAP_SHARED
        mr      r7, r30
        li      r8, 0
        call    mmap
        bso     cr0, failed
        mr      r27, r3
        address r9, registers
        lis     r10, 3
        ori     r10, r10, 0xfff0
        stw     r10, 16(r9)
        li      r10, 1
        std     r10, 48(r9)
        std     r29, 64(r9)
        std     r28, 80(r9)
        std     r27, 96(r9)
        address r3, regs
        li      r4, 1                   # O_WRONLY
        call    open
        bso     cr0, failed
        address r4, registers
        li      r5, 2048
        call    write
        bso     cr0, failed

run:    mr      r3, r31
        address r4, npc
        address r5, event
        call    spu_run
        bso     cr0, broken
        mr      r26, r3                 # SPU_Status
        srwi    r25, r26, 16
        andi.   r25, r25, 0x3fff        # stop code
        andi.   r4, r26, 0x20
        bne     invalid_instruction
        andi.   r4, r26, 0x40
        bne     invalid_channel
        andi.   r4, r26, 4
        bne     halted
        srwi    r4, r25, 8
        cmpwi   r4, 0x20
        beq     exited
        cmpwi   r4, 0x21
        bne     stopped
        cmpwi   r25, 0x2101
        bne     library_call

        address r20, npc                # POSIX.1: the word behind the stop has the operation and where its arguments are
        lwz     r4, 0(r20)
        clrldi  r4, r4, 46
        lwzx    r21, r27, r4
        clrldi  r22, r21, 46
        add     r22, r22, r27
        lwa     r3, 0(r22)
        lwz     r4, 16(r22)
        lwz     r5, 32(r22)
        srwi    r21, r21, 24
        cmpwi   r21, 27
        li      r0, 4                   # write
        beq     transfer
        cmpwi   r21, 16
        li      r0, 3                   # read
        beq     transfer
        cmpwi   r21, 2
        li      r0, 6                   # close
        beq     perform
        cmpwi   r21, 9
        li      r0, 19                  # lseek
        extsw   r4, r4
        beq     perform
        cmpwi   r21, 15
        li      r0, 5                   # open
        clrldi  r3, r3, 46
        add     r3, r3, r27
        bne     library_call
perform:
        sc
        b       answer
transfer:
        clrldi  r4, r4, 46
        add     r4, r4, r27
        sc
answer: li      r4, 0
        bns     cr0, succeeded
        mr      r4, r3
        li      r3, -1
succeeded:
        stw     r3, 0(r22)
        li      r5, 0
        stw     r5, 4(r22)
        stw     r5, 8(r22)
        stw     r4, 12(r22)
        lwz     r4, 0(r20)
        addi    r4, r4, 4
        stw     r4, 0(r20)
        b       run

broken: cmpwi   r3, 4                   # EINTR: a signal that has been handled
        beq     run
failed: address r4, not_started
        address r5, not_started_end
        li      r24, ${String(STATUS.notStarted)}
        bl      print
        b       end

        .macro  ending label, text, status
\\label:
        address r4, \\text
        address r5, \\text\\()_end
        li      r24, \\status
        b       report
        .endm
        ending  stopped, other_stop, ${String(STATUS.stopped)}
        ending  library_call, not_served, ${String(STATUS.libraryCall)}
        ending  halted, halt, ${String(STATUS.halted)}
        ending  invalid_instruction, bad_instruction, ${String(STATUS.invalidInstruction)}
        ending  invalid_channel, bad_channel, ${String(STATUS.invalidChannel)}
exited: andi.   r24, r25, 0xff
        address r4, exit
        address r5, exit_end

report: bl      print
        address r3, stop_digits
        mr      r4, r25
        li      r5, 4
        bl      hexadecimal
        address r3, status_digits
        mr      r4, r26
        li      r5, 8
        bl      hexadecimal
        address r3, npc_digits
        address r4, npc
        lwz     r4, 0(r4)
        li      r5, 5
        bl      hexadecimal
        address r4, tail
        address r5, tail_end
        bl      print
end:    mr      r3, r24
        call    exit_group

print:  subf    r5, r4, r5              # standard error, from r4 to r5
        li      r3, 2
        call    write
        blr

hexadecimal:                            # r5 digits of r4, to r3
        add     r6, r3, r5
        mtctr   r5
digit:  andi.   r7, r4, 15
        cmpwi   r7, 10
        blt     small
        addi    r7, r7, 39              # from '9' + 1 to 'a'
small:  addi    r7, r7, 48
        stbu    r7, -1(r6)
        srwi    r4, r4, 4
        bdnz    digit
        blr
`;

function data(file: string, { segments, entry }: SpuImage): string {
  const path = `/spu/${contextName(file)}`;
  const sentence = (label: string, text: string): string => `${label}:\n        .ascii  "${text}"\n${label}_end:\n`;
  return `
        .section .rodata
context:
        .asciz  "${path}"
memory: .asciz  "${path}/mem"
regs:   .asciz  "${path}/regs"
${sentence('not_started', 'The SPU program could not be run: making, loading or running its context failed.\\n')}
${sentence('exit', 'The SPU program called exit')}
${sentence('other_stop', 'The SPU program stopped with a code that is no exit (0x2000 to 0x20ff)')}
${sentence('not_served', 'The SPU program stopped for a library call that is not served (of 0x2101 read, write, open, close and lseek are; 0x2104 is the kernel\'s)')}
${sentence('halt', 'The SPU program halted')}
${sentence('bad_instruction', 'The SPU program stopped at an invalid instruction')}
${sentence('bad_channel', 'The SPU program stopped at an invalid channel')}
${segments.map((_, i) => `        .balign 128\nsegment${String(i)}:\n        .incbin "${String(i)}"\n`).join('')}
        .data
        .balign 16
registers:
        .space  2048
npc:    .long   ${String(entry)}
event:  .long   0
tail:   .ascii  ": stop code 0x"
stop_digits:
        .ascii  "0000, SPU_Status 0x"
status_digits:
        .ascii  "00000000, next instruction 0x"
npc_digits:
        .ascii  "00000\\n"
tail_end:
`;
}
