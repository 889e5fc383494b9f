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


/** Where a call goes, or the register that says it. Only for instructions that `isPpcCall`. */
export function ppcCallTarget(word: number, address: number): number | { readonly register: 'lr' | 'ctr' } {
  const isAbsolute = (word & 2) !== 0;
  switch (word >>> 26) {
    case 18: return (isAbsolute ? 0 : address) + (((word & 0x03ff_fffc) << 6) >> 6);
    case 16: return (isAbsolute ? 0 : address) + (((word & 0xfffc) << 16) >> 16);
    default: return { register: ((word >>> 1) & 0x3ff) === 528 ? 'ctr' : 'lr' };
  }
}

/** The address of a load or store: base register (0 is no register), and displacement or index register. */
export interface PpcAccess {
  readonly base: number;
  readonly displacement: number;
  readonly index: number | undefined;
  readonly isStore: boolean;
}

const D_FORM_STORES: ReadonlySet<number> = new Set([36, 37, 38, 39, 44, 45, 47, 52, 53, 54, 55, 62]);
/** lwarx ldx ldux lwzx lwzux ldarx lbzx lvx lbzux lhzx lhzux lwax lhax lhaux lwbrx lfsx lfdx lhbrx */
const INDEXED_LOADS: ReadonlySet<number> = new Set([20, 21, 53, 23, 55, 84, 87, 103, 119, 279, 311, 341, 343, 375, 534, 535, 599, 790]);
/** stdx stwcx. stwx stdux stwux stdcx. stbx stvx stbux sthx sthux stwbrx stfsx stfdx sthbrx dcbz */
const INDEXED_STORES: ReadonlySet<number> = new Set([149, 150, 151, 181, 183, 214, 215, 231, 247, 407, 439, 662, 663, 727, 918, 1014]);

export function ppcAccess(word: number): PpcAccess | undefined {
  const primary = word >>> 26;
  const base = (word >>> 16) & 31;
  if (primary === 31) {
    const extended = (word >>> 1) & 0x3ff;
    const isStore = INDEXED_STORES.has(extended);
    return isStore || INDEXED_LOADS.has(extended) ? { base, displacement: 0, index: (word >>> 11) & 31, isStore } : undefined;
  }
  const isDoubleword = primary === 58 || primary === 62;
  if (!isDoubleword && (primary < 32 || primary > 55)) return undefined;
  return { base, displacement: ((word << 16) >> 16) & (isDoubleword ? ~3 : ~0), index: undefined, isStore: D_FORM_STORES.has(primary) };
}
