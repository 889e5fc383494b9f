/** The instruction forms of VMX. */
import { va, vx, vxr, x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';

/** Sub-opcodes of WebAssembly's lane arithmetic. */
export const SIMD_ADD_8 = 110;
export const SIMD_SUB_8 = 113;

/** Opcodes by mnemonic, for instructions that one sentence describes. */
type Opcodes = Readonly<Record<string, number>>;

function list(opcodes: Opcodes, make: (mnemonic: string, number: number) => PpcInstruction | readonly PpcInstruction[]): PpcInstruction[] {
  return Object.entries(opcodes).flatMap(([mnemonic, number]) => make(mnemonic, number));
}

/** VX form with operands of its own. */
export function vxForms(operands: string, doc: string, opcodes: Opcodes): PpcInstruction[] {
  return list(opcodes, (mnemonic, number) => insn(mnemonic, vx(number), operands, doc));
}

/** VX form of two sources. */
export function twoSources(doc: string, opcodes: Opcodes): PpcInstruction[] {
  return vxForms('vrt vra vrb', doc, opcodes);
}

/** VX form of one source. */
export function oneSource(doc: string, opcodes: Opcodes): PpcInstruction[] {
  return vxForms('vrt vrb', doc, opcodes);
}

/** VA form of three sources. */
export function vaForms(operands: string, doc: string, opcodes: Opcodes): PpcInstruction[] {
  return list(opcodes, (mnemonic, number) => insn(mnemonic, va(number), operands, doc));
}

/** VXR form: comparisons, plain and recording in CR6. */
export function comparisons(doc: string, opcodes: Opcodes): PpcInstruction[] {
  return list(opcodes, (mnemonic, number) => [
    insn(mnemonic, vxr(number, false), 'vrt vra vrb', `${doc}.`),
    insn(`${mnemonic}.`, vxr(number, true), 'vrt vra vrb', `${doc}; sets CR6.`),
  ]);
}

/** X form: loads and stores. */
export function accesses(register: 'vrt' | 'vrs', doc: string, opcodes: Opcodes): PpcInstruction[] {
  return list(opcodes, (mnemonic, number) => insn(mnemonic, x(31, number), `${register} ra0 rb`, doc));
}
