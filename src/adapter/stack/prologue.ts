/** What the beginning of a function has kept of its caller's registers, and where: to put them back. */
import type { FrameWork } from '../code/ppcCode.ts';

/** A register of the caller's, at a distance from the stack pointer that was valid at its store. */
export interface KeptRegister {
  readonly file: 'general' | 'float' | 'spu';
  readonly register: number;
  readonly offset: number;
  /** Stored when the function's own frame was there already. */
  readonly inOwnFrame: boolean;
}

interface PrologueRules {
  readonly frameWork: (word: number) => FrameWork;
  /** What the instruction stores relative to the stack pointer: only registers that a function has to preserve. */
  readonly keeps: (word: number) => Omit<KeptRegister, 'inOwnFrame'> | undefined;
  readonly isBranch: (word: number) => boolean;
}

/** @param words The function's instructions up to where it stands. The first branch ends the prologue. */
export function keptRegisters(words: readonly number[], { frameWork, keeps, isBranch }: PrologueRules): KeptRegister[] {
  const kept: KeptRegister[] = [];
  let inOwnFrame = false;
  for (const word of words) {
    if (isBranch(word)) break;
    if (frameWork(word) === 'allocates') inOwnFrame = true;
    const register = keeps(word);
    if (register) kept.push({ ...register, inOwnFrame });
  }
  return kept;
}

const FIRST_PRESERVED = 14;
const FIRST_PRESERVED_SPU = 80;
const STD = 62;
const STFD = 54;
const STQD = 0x24;

/** std rS,D(r1) and stfd frS,D(r1), S from 14 on (64-bit PowerPC ELF ABI, section 3.2.1). */
export function ppcKeeps(word: number): Omit<KeptRegister, 'inOwnFrame'> | undefined {
  const primary = word >>> 26;
  const register = (word >>> 21) & 31;
  if (((word >>> 16) & 31) !== 1 || register < FIRST_PRESERVED) return undefined;
  const offset = (word << 16) >> 16;
  if (primary === STD && (word & 3) === 0) return { file: 'general', register, offset };
  return primary === STFD ? { file: 'float', register, offset } : undefined;
}

/** b, bc, and the branches to LR and CTR. */
export function isPpcBranch(word: number): boolean {
  const primary = word >>> 26;
  return primary === 16 || primary === 18 || (primary === 19 && [16, 528].includes((word >>> 1) & 0x3ff));
}

/** stqd $80 to $127,D($1) (SPU ABI 1.9, section 3.1). */
export function spuKeeps(word: number): Omit<KeptRegister, 'inOwnFrame'> | undefined {
  const register = word & 127;
  if (word >>> 24 !== STQD || ((word >>> 7) & 127) !== 1 || register < FIRST_PRESERVED_SPU) return undefined;
  return { file: 'spu', register, offset: ((word << 8) >> 22) * 16 };
}

/** Branches have opcodes that begin with 001 in their top bits (SPU ISA 1.2, chapter 7). */
export function isSpuBranch(word: number): boolean {
  const nine = word >>> 23;
  return word >>> 29 === 1 && (BRANCHES.has(nine) || INDIRECT_BRANCHES.has(word >>> 21));
}

/** brnz brz brhnz brhz br brsl bra brasl; bi bisl iret bisled biz binz bihz bihnz */
const BRANCHES: ReadonlySet<number> = new Set([0x42, 0x40, 0x46, 0x44, 0x64, 0x66, 0x60, 0x62]);
const INDIRECT_BRANCHES: ReadonlySet<number> = new Set([0x1a8, 0x1a9, 0x1aa, 0x1ab, 0x128, 0x129, 0x12a, 0x12b]);
