/** Byte shuffles and the control words for inserting (SPU ISA 1.2, chapters 3 and 5). */
import { ri7, rr, rrr } from '../encodings.ts';
import type { SpuBuilder } from '../builder.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I8X16 } from '../../engine/lanes.ts';
import { type I32, type V128, i32, v128 } from '../../engine/expr.ts';

const bytes = (value: number): V128 => i32(value).splat8();

/** In each lane, the number of its guest byte. */
const GUEST_BYTE = Array.from({ length: 16 }, (_, lane) => 15 - lane);

/**
 * The control word with which `shufb` inserts a scalar of `size` bytes into a quadword: every
 * byte names its own place in rb, those of the scalar name the scalar's place in ra's
 * preferred slot.
 */
function insertion(address: I32, size: 1 | 2 | 4 | 8): V128 {
  const keep = v128(GUEST_BYTE.map((byte) => 0x10 | byte));
  // A byte or halfword stands at the right end of the preferred word.
  const first = size < 4 ? 4 - size : 0;
  const insert = v128(GUEST_BYTE.map((byte) => first + (byte & (size - 1))));
  const place = v128(GUEST_BYTE.map((byte) => byte & -size));
  return insert.bitSelect(keep, place.simd(I8X16.eq, address.and(16 - size).splat8()));
}

function control(letter: 'b' | 'h' | 'w' | 'd', name: string, code: number, size: 1 | 2 | 4 | 8): readonly SpuInstruction[] {
  const doc = `Makes the control word that inserts ${name} at the place that`;
  return [
    insn(`c${letter}d`, ri7(0x1f4 + code), 'rt i7(ra)', `${doc} the preferred word plus a displacement names.`, ({ rt, i7, ra }, b) => {
      rt.set(insertion(b.word(ra).plus(i7), size));
    }),
    insn(`c${letter}x`, rr(0x1d4 + code), 'rt ra rb', `${doc} the sum of two preferred words names.`, ({ rt, ra, rb }, b) => {
      rt.set(insertion(b.word(ra).plus(b.word(rb)), size));
    }),
  ];
}

/**
 * Control bytes 0-15 pick from `a`, 16-31 from `b`, with the upper bits ignored; those from
 * 0x80 on make a constant instead: 0x80-0xbf 0, 0xc0-0xdf 0xff, 0xe0-0xff 0x80.
 */
function shuffleBytes(builder: SpuBuilder, a: V128, b: V128, controls: V128, set: (value: V128) => void): void {
  // Guest byte k of a register is lane 15-k; an index beyond 15 swizzles to 0, so OR joins the halves.
  const index = builder.let(controls.and(bytes(31)).xor(bytes(15)));
  const picked = builder.let(a.swizzle(index).or(b.swizzle(index.xor(bytes(16)))));
  builder.if(
    controls.simdTest(I8X16.bitmask),
    () => {
      const constant = controls.simd(I8X16.geU, bytes(0xc0)).xor(controls.simd(I8X16.geU, bytes(0xe0)).and(bytes(0x7f)));
      set(constant.bitSelect(picked, controls.simd(I8X16.gtS, bytes(-1)).not()));
    },
    () => { set(picked); },
  );
}

export const SHUFFLE: readonly SpuInstruction[] = [
  ...control('b', 'a byte', 0, 1),
  ...control('h', 'a halfword', 1, 2),
  ...control('w', 'a word', 2, 4),
  ...control('d', 'a doubleword', 3, 8),
  insn('shufb', rrr(0x580), 'rtOfFour ra rb rc', 'Picks every byte from ra, rb or a constant, as the bytes of rc say.', ({ rtOfFour, ra, rb, rc }, b) => {
    shuffleBytes(b, ra, rb, b.let(rc), (value) => { rtOfFour.set(value); });
  }),
];
