/** Host helpers of the PowerPC engine. */
import { ACCESS } from '../engine/access.ts';
import type { CodeWatch } from '../engine/codeWatch.ts';
import type { Helpers } from '../engine/engine.ts';
import { SCRATCH_END } from '../engine/layout.ts';
import type { MmuHost } from '../engine/mmuEngine.ts';
import { floatHelper, unorderedHelper } from './float/helper.ts';
import { PPE_STATE, PPE_STATE_BYTES } from './layout.ts';
import { vectorFloatHelper } from './vmx/float/helper.ts';

/** What meanings call, with the number of arguments. */
export const PPC_HELPERS = {
  /** (first register, EA high, EA low, bytes) → 1 for a fault. */
  loadBytes: 4,
  storeBytes: 4,
  /** (operation, frt, fra, frb, frc) → 1 for an interrupt. */
  floatArithmetic: 5,
  /** (1 for an ordered comparison, CR field, fra, frb) → 1 for an interrupt. */
  floatUnordered: 4,
  /** (operation, vrt, vra, vrb, vrc) → 0. */
  vectorFloat: 5,
} as const;

const REGISTERS = 32;
const WORD_BYTES = 4;
/** The largest string: XER counts to 127. */
const MOST_WORDS = 32;

export interface PpcHelperParts {
  readonly memory: ArrayBuffer;
  /** Offset of the thread's state in the memory. */
  readonly state: number;
  readonly host: Pick<MmuHost, 'miss' | 'commit'>;
  readonly watch: CodeWatch;
}

/** Words as long as there are whole ones, then bytes. */
function nextSize(offset: number, count: number): 1 | 4 {
  return count - offset >= WORD_BYTES && offset % WORD_BYTES === 0 ? WORD_BYTES : 1;
}

/** The helpers of one hardware thread. */
export function ppcHelpers({ memory, state, host, watch }: PpcHelperParts): Helpers {
  const view = new DataView(memory);
  const words = new Uint32Array(MOST_WORDS);
  const registerAt = (first: number, index: number): number => state + PPE_STATE.gpr + ((first + index) % REGISTERS) * 8;

  /** Host offset of the next `bytes` (1 or 4) of a string, or 0 for a fault. */
  const find = (eaHigh: number, eaLow: number, offset: number, access: number): number => {
    const low = (eaLow >>> 0) + offset;
    return host.miss((eaHigh + (low > 0xffff_ffff ? 1 : 0)) | 0, low | 0, access) >>> 0;
  };

  const loadBytes = (first = 0, eaHigh = 0, eaLow = 0, count = 0): number => {
    for (let offset = 0; offset < count;) {
      const size = nextSize(offset, count);
      const at = find(eaHigh, eaLow, offset, size);
      if (at === 0) return 1;
      const index = offset >>> 2;
      if (size === WORD_BYTES) words[index] = view.getUint32(at);
      else words[index] = (offset % WORD_BYTES === 0 ? 0 : words[index] ?? 0) | (view.getUint8(at) << (24 - 8 * (offset % WORD_BYTES)));
      offset += size;
    }
    for (let index = 0; index * WORD_BYTES < count; index += 1) {
      view.setUint32(registerAt(first, index), words[index] ?? 0, true);
      view.setUint32(registerAt(first, index) + 4, 0, true);
    }
    return 0;
  };

  const storeBytes = (first = 0, eaHigh = 0, eaLow = 0, count = 0): number => {
    for (let offset = 0; offset < count;) {
      const size = nextSize(offset, count);
      const at = find(eaHigh, eaLow, offset, size | ACCESS.store);
      if (at === 0) return 1;
      const word = view.getUint32(registerAt(first, offset >>> 2), true);
      if (at >= SCRATCH_END && watch.holdsCode(at)) watch.written(at, size);
      if (size === WORD_BYTES) view.setUint32(at, word);
      else view.setUint8(at, word >>> (24 - 8 * (offset % WORD_BYTES)));
      if (at < SCRATCH_END) host.commit();
      offset += size;
    }
    return 0;
  };

  const registers = new DataView(memory, state, PPE_STATE_BYTES);
  return {
    loadBytes, storeBytes,
    floatArithmetic: floatHelper(registers), floatUnordered: unorderedHelper(registers), vectorFloat: vectorFloatHelper(registers),
  };
}
