/**
 * The vDSO as a file: an ELF shared object whose only function is the signal trampoline, with
 * unwind information for it, so that unwinders (thread cancellation, exceptions, debuggers)
 * find their way from a handler into what it interrupted (arch/powerpc/kernel/vdso64/sigtramp.S).
 */
import { bytesOfNumber } from '../../program/bigEndian.ts';
import { CALLER_FRAME_BYTES, MCONTEXT, UCONTEXT } from '../signal/frame.ts';

/** Where the trampoline lies in the image. */
export const TRAMPOLINE_OFFSET = 0x300;
/**
 * addi r1,r1,128; li r0,172 (rt_sigreturn); sc. The words after it look like the end of the
 * trampoline that older kernels put on the stack; unwinders know the vDSO by the -168 where the
 * pointer to the ucontext was.
 */
const TRAMPOLINE = [0x3821_0080, 0x3800_00ac, 0x4400_0002, 0, 0, 0, 0, 0, -1, -168] as const;
const TRAMPOLINE_CODE_BYTES = 12;

const DYNAMIC_OFFSET = 0xf0;
const EH_FRAME_HEADER_OFFSET = 0x100;
const EH_FRAME_OFFSET = 0x108;
const ELF_HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const DYNAMIC_BYTES = 16;
const IMAGE_BYTES = TRAMPOLINE_OFFSET + TRAMPOLINE.length * 4;

/** DWARF register numbers of .eh_frame sections for PowerPC; NIP takes the place of the argument pointer. */
const DW = { lr: 65, nip: 67, cr: 70, firstFpr: 32 } as const;
const FIRST_SAVED_FPR = 14;
/** Doublewords of gp_regs. */
const GP = { nip: 32, link: 36, ccr: 38 } as const;

/** The image, linked at address 0. */
export function vdsoImage(): Uint8Array {
  const image = new Uint8Array(IMAGE_BYTES);
  const view = new DataView(image.buffer);
  image.set(elfHeader());
  image.set(programHeaders(), ELF_HEADER_BYTES);
  // One empty dynamic entry (DT_NULL): there are no symbols to look up.
  image.set(ehFrameHeader(), EH_FRAME_HEADER_OFFSET);
  image.set(ehFrame(), EH_FRAME_OFFSET);
  TRAMPOLINE.forEach((word, i) => { view.setInt32(TRAMPOLINE_OFFSET + i * 4, word); });
  return image;
}

/** System V ABI, chapter 4: 64 bits, big-endian, ET_DYN, EM_PPC64, three program headers. */
function elfHeader(): number[] {
  return [
    0x7f, 0x45, 0x4c, 0x46, 2, 2, 1, 0, ...big(0, 8),
    ...big(3, 2), ...big(21, 2), ...big(1, 4), ...big(0, 8), ...big(ELF_HEADER_BYTES, 8), ...big(0, 8), ...big(0, 4),
    ...big(ELF_HEADER_BYTES, 2), ...big(PROGRAM_HEADER_BYTES, 2), ...big(3, 2), ...big(64, 2), ...big(0, 2), ...big(0, 2),
  ];
}

/** PT_LOAD of everything, PT_DYNAMIC, PT_GNU_EH_FRAME. */
function programHeaders(): number[] {
  const READ = 4;
  const READ_EXECUTE = 5;
  return [
    ...programHeader(1, READ_EXECUTE, 0, IMAGE_BYTES),
    ...programHeader(2, READ, DYNAMIC_OFFSET, DYNAMIC_BYTES),
    ...programHeader(0x6474_e550, READ, EH_FRAME_HEADER_OFFSET, EH_FRAME_OFFSET - EH_FRAME_HEADER_OFFSET),
  ];
}

function programHeader(type: number, flags: number, offset: number, bytes: number): number[] {
  return [...big(type, 4), ...big(flags, 4), ...[offset, offset, offset, bytes, bytes, 8].flatMap((value) => big(value, 8))];
}

/** Linux Standard Base, Core, 10.6.2: version 1, where .eh_frame is (pcrel, sdata4), no search table. */
function ehFrameHeader(): number[] {
  const PCREL_SDATA4 = 0x1b;
  const OMITTED = 0xff;
  return [1, PCREL_SDATA4, OMITTED, OMITTED, ...big(EH_FRAME_OFFSET - (EH_FRAME_HEADER_OFFSET + 4), 4)];
}

/** One CIE for signal frames ("zRS"), one FDE, and the end. */
function ehFrame(): number[] {
  const PCREL_UDATA8 = 0x14;
  const cie = entry([
    ...big(0, 4), 1, 0x7a, 0x52, 0x53, 0, 4, 0x78, DW.nip, 1, PCREL_UDATA8,
    0x0c, 1, 0, // DW_CFA_def_cfa: r1 + 0
  ]);
  const start = EH_FRAME_OFFSET + cie.length + 8;
  // The address that handlers return to is the trampoline's first; unwinders look up the one before.
  const first = TRAMPOLINE_OFFSET - 4;
  const fde = entry([...big(cie.length + 4, 4), ...big(first - start, 8), ...big(TRAMPOLINE_CODE_BYTES + 4, 8), 0, ...frameRules()]);
  return [...cie, ...fde, 0, 0, 0, 0];
}

/** Length, then the body padded to a multiple of 8 with DW_CFA_nop. */
function entry(body: readonly number[]): number[] {
  const padding = (12 - (body.length % 8)) % 8;
  return [...big(body.length + padding, 4), ...body, ...Array.from({ length: padding }, () => 0)];
}

/** Where the registers of the interrupted code are, all relative to r1 at the trampoline (DWARF 3, 6.4.2). */
function frameRules(): number[] {
  const DEF_CFA_EXPRESSION = 0x0f;
  const gpRegs = CALLER_FRAME_BYTES + UCONTEXT.mcontext + MCONTEXT.gpRegs;
  const fpRegs = CALLER_FRAME_BYTES + UCONTEXT.mcontext + MCONTEXT.fpRegs;
  const DEREF = 0x06;
  const rules = [DEF_CFA_EXPRESSION, ...sized([...belowR1(gpRegs + 8), DEREF])];
  for (let n = 0; n < 32; n += 1) rules.push(...saved(n, gpRegs + n * 8));
  rules.push(...saved(DW.nip, gpRegs + GP.nip * 8), ...saved(DW.lr, gpRegs + GP.link * 8), ...saved(DW.cr, gpRegs + GP.ccr * 8 + 4));
  for (let n = FIRST_SAVED_FPR; n < 32; n += 1) rules.push(...saved(DW.firstFpr + n, fpRegs + n * 8));
  return rules;
}

/** DW_CFA_expression: a register is at r1 + offset. */
function saved(register: number, offset: number): number[] {
  return [0x10, register, ...sized(belowR1(offset))];
}

/** DW_OP_breg1 with its offset. */
function belowR1(offset: number): number[] {
  return [0x71, (offset & 0x7f) | 0x80, (offset >> 7) & 0x7f];
}

function sized(bytes: readonly number[]): number[] {
  return [bytes.length, ...bytes];
}

function big(value: number, bytes: number): number[] {
  return [...bytesOfNumber(BigInt(value), bytes)];
}
