/** What the debugger has to know of single SPU instructions (SPU ISA 1.2; SPU ABI 1.9, section 3.2). */
import type { FrameWork } from './ppcCode.ts';

const BRSL = 0x66;
const BRASL = 0x62;
const BISL = 0x1a9;
const BISLED = 0x1ab;

/** stqd $0,16($1), lqd $0,16($1), lqd $1,0($1), bi $0 */
const SAVE_LINK = 0x2400_4080;
const LOAD_LINK = 0x3400_4080;
const LOAD_BACK_CHAIN = 0x3400_0081;
const RETURN = 0x3500_0000;

export function isSpuCall(word: number): boolean {
  const nine = word >>> 23;
  const eleven = word >>> 21;
  return nine === BRSL || nine === BRASL || eleven === BISL || eleven === BISLED;
}

export function spuFrameWork(word: number): FrameWork {
  switch (word >>> 0) {
    case SAVE_LINK: return 'saves';
    case LOAD_LINK: return 'restores';
    case LOAD_BACK_CHAIN: return 'frees';
    case RETURN: return 'returns';
    default: break;
  }
  // ai $1,$1,immediate; a $1,$1,$n
  if (((word & 0xff00_3fff) >>> 0) === 0x1c00_0081) return (word & 0x0080_0000) !== 0 ? 'allocates' : 'frees';
  return ((word & 0xffe0_3fff) >>> 0) === 0x1800_0081 ? 'allocates' : undefined;
}

const LOCAL_STORE_MASK = 0x3_fffc;

/** Where a call goes, or the register that says it. Only for instructions that `isSpuCall`. */
export function spuCallTarget(word: number, address: number): number | { readonly register: number } {
  const words = (word << 9) >> 16;
  switch (word >>> 23) {
    case BRSL: return (address + words * 4) & LOCAL_STORE_MASK;
    case BRASL: return (words * 4) & LOCAL_STORE_MASK;
    default: return { register: (word >>> 7) & 127 };
  }
}
