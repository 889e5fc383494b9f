/**
 * Loads and stores of big-endian values. A value is swapped by a splat and a constant
 * swizzle, which hosts do as fast as a plain load.
 */
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

/** Bytes of a memory access. */
export type AccessBytes = 1 | 2 | 4 | 8 | 16;

const SWAP_16 = reverseWithin(2);
const SWAP_32 = reverseWithin(4);
const SWAP_64 = reverseWithin(8);
const SWAP_128 = reverseWithin(16);

/** Swizzle indices that reverse the bytes of every element of a size. */
function reverseWithin(bytes: number): readonly number[] {
  return Array.from({ length: 16 }, (_, lane) => lane ^ (bytes - 1));
}

/** Reverses the 16 bytes on the stack: between guest memory and a register. */
export function reverseQuad(out: CodeWriter): void {
  swizzle(out, SWAP_128);
}

function swizzle(out: CodeWriter, indices: readonly number[]): void {
  out.v128(indices);
  out.op(OP.swizzle);
}

/** Takes a host address from the stack, leaves an i64 or v128. */
export function loadValue(out: CodeWriter, bytes: AccessBytes, signed: boolean, reversed: boolean): void {
  const extend = signed ? OP.i64ExtendI32S : OP.i64ExtendI32U;
  switch (bytes) {
    case 1:
      out.memory(signed ? OP.i64Load8S : OP.i64Load8U, 0);
      return;
    case 2:
      if (reversed) {
        out.memory(signed ? OP.i64Load16S : OP.i64Load16U, 0);
        return;
      }
      out.memory(OP.v128Load16Splat, 0);
      swizzle(out, SWAP_16);
      out.op(signed ? OP.i16x8ExtractS : OP.i16x8ExtractU, [0]);
      out.op(extend);
      return;
    case 4:
      if (reversed) {
        out.memory(signed ? OP.i64Load32S : OP.i64Load32U, 0);
        return;
      }
      out.memory(OP.v128Load32Splat, 0);
      swizzle(out, SWAP_32);
      out.op(OP.i32x4Extract, [0]);
      out.op(extend);
      return;
    case 8:
      if (reversed) {
        out.memory(OP.i64Load, 0);
        return;
      }
      out.memory(OP.v128Load64Splat, 0);
      swizzle(out, SWAP_64);
      out.op(OP.i64x2Extract, [0]);
      return;
    case 16:
      out.memory(OP.v128Load, 0);
      swizzle(out, SWAP_128);
  }
}

/** Takes a host address and an i64 or v128 from the stack. */
export function storeValue(out: CodeWriter, bytes: AccessBytes, reversed: boolean): void {
  switch (bytes) {
    case 1:
      out.memory(OP.i64Store8, 0);
      return;
    case 2:
      if (reversed) {
        out.memory(OP.i64Store16, 0);
        return;
      }
      out.op(OP.i32WrapI64);
      out.op(OP.i16x8Splat);
      swizzle(out, SWAP_16);
      out.memory(OP.v128Store16Lane, 0, 0);
      return;
    case 4:
      if (reversed) {
        out.memory(OP.i64Store32, 0);
        return;
      }
      out.op(OP.i32WrapI64);
      out.op(OP.i32x4Splat);
      swizzle(out, SWAP_32);
      out.memory(OP.v128Store32Lane, 0, 0);
      return;
    case 8:
      if (reversed) {
        out.memory(OP.i64Store, 0);
        return;
      }
      out.op(OP.i64x2Splat);
      swizzle(out, SWAP_64);
      out.memory(OP.v128Store64Lane, 0, 0);
      return;
    case 16:
      swizzle(out, SWAP_128);
      out.memory(OP.v128Store, 0);
  }
}
