/** What the debugger has to know of single PowerPC instructions (PowerPC Architecture Book I; 64-bit ELF ABI, section 3.2). */

const MOVE_TO_LR = 0x7c08_03a6;
/** std rS,16(r1): the place of the return address in the caller's frame. */
const STORE_RETURN_ADDRESS = 0xf801_0010;
const RETURN = 0x4e80_0020;
const SYSTEM_CALL = 0x4400_0002;
const ANY_RS = 0xfc1f_ffff;

/** bl, bcl, bclrl, bcctrl. */
export function isPpcCall(word: number): boolean {
  if ((word & 1) === 0) return false;
  const primary = word >>> 26;
  const extended = (word >>> 1) & 0x3ff;
  return primary === 18 || primary === 16 || (primary === 19 && (extended === 16 || extended === 528));
}

/** blr and its conditional forms. */
export function isPpcReturn(word: number): boolean {
  return word >>> 26 === 19 && ((word >>> 1) & 0x3ff) === 16 && (word & 1) === 0;
}

export function isSystemCall(word: number): boolean {
  return word >>> 0 === SYSTEM_CALL;
}

/** What a prologue or an epilogue does with the frame of its function. */
export type FrameWork = 'allocates' | 'frees' | 'saves' | 'restores' | 'returns' | undefined;

export function ppcFrameWork(word: number): FrameWork {
  const unsigned = word >>> 0;
  if (unsigned === RETURN) return 'returns';
  if ((unsigned & ANY_RS) >>> 0 === STORE_RETURN_ADDRESS) return 'saves';
  if ((unsigned & ANY_RS) >>> 0 === MOVE_TO_LR) return 'restores';
  // stdu r1,D(r1); stdux r1,r1,rB
  if ((unsigned & 0xffff_0003) >>> 0 === 0xf821_0001 || (unsigned & 0xffff_07ff) >>> 0 === 0x7c21_016a) return 'allocates';
  // addi r1,r1,D; ld r1,0(r1); mr r1,rS
  if ((unsigned & 0xffff_0000) >>> 0 === 0x3821_0000 || unsigned === 0xe821_0000) return 'frees';
  return (unsigned & 0xfc1f_07fe) >>> 0 === 0x7c01_0378 ? 'frees' : undefined;
}

