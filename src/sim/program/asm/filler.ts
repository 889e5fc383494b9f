import type { InstructionSetName } from '../program.ts';
import { ByteBuffer } from './bytes.ts';
import type { Filler, Section } from './object.ts';

const PPC_NOP = 0x60000000n;
const PPC_BRANCH = 0x48000000n;
const SPU_NOP = 0x40200000n;
const SPU_LNOP = 0x00200000n;
/** GNU as branches over a longer run of nops (tc-ppc.c, `nop_limit` of 4 instructions). */
const PPC_LONGEST_NOP_RUN = 16;

/** What `.align` puts into a gap when the statement does not say. */
export function defaultFiller({ flags }: Section): Filler {
  return flags.executable ? { kind: 'nops' } : { kind: 'value', value: 0n, size: 1 };
}

/** The bytes of a gap of `count` bytes at section offset `from`. */
export function fillerBytes(filler: Filler, from: number, count: number, isa: InstructionSetName): Uint8Array {
  const out = new ByteBuffer();
  if (filler.kind === 'value') fillWithValue(out, count, filler.value, filler.size);
  else if (isa === 'ppc') fillWithPpcNops(out, count);
  else fillWithSpuNops(out, from, count);
  return out.view;
}

function fillWithValue(out: ByteBuffer, count: number, value: bigint, size: number): void {
  if (size === 1) {
    out.fill(count, Number(BigInt.asUintN(8, value)));
    return;
  }
  while (out.length < count) out.push(value, size);
}

/** An odd count means data among the code: zeros, as GNU as pads there. */
function fillWithPpcNops(out: ByteBuffer, count: number): void {
  if (count % 4 !== 0) {
    out.fill(count, 0);
    return;
  }
  if (count > PPC_LONGEST_NOP_RUN) out.push(PPC_BRANCH + BigInt(count), 4);
  while (out.length < count) out.push(PPC_NOP, 4);
}

/** The even pipe takes `nop`, the odd pipe `lnop`: by the word's place in its doubleword. */
function fillWithSpuNops(out: ByteBuffer, from: number, count: number): void {
  out.fill(count % 4, 0);
  while (out.length < count) out.push((from + out.length) % 8 < 4 ? SPU_NOP : SPU_LNOP, 4);
}
