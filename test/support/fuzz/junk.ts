/** Values that no client should send. */
import type { Random } from '../randomPrograms/random.ts';

const NUMBERS: readonly number[] = [0, 1, -1, 2, 3, 7, 255, 1000, 65_536, 100_001, -(2 ** 31), 2 ** 31, 2 ** 32, 2 ** 44, Number.MAX_SAFE_INTEGER, 2 ** 53, -(2 ** 60), 1e300, 1.5, -0.5];
const TEXTS: readonly string[] = [
  '', ' ', '0', 'r3', '$r3', '$', '[', '[[[[', '((((((1))))))', '{', '}', '$r3 +', '1 / 0', '0x', '0xffffffffffffffffffff', '"', '"text', '-'.repeat(300), '('.repeat(5000), '1'.repeat(3000),
  'ea:', 'ea:1000:', 'ea:x:0x0', 'ea:1000:0x10000000', 'ls:nobody:0x0', 'ls::0x0', 'pa:0xffffffffffff', 'pa:-1', 'ea:1000:0x10010000+4', 'pa:0x0+99999999',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '\ud800', '\u202e\u{1f4a5}', 'info', 'info faults -1', 'info spu dma nobody', 'info nothing', 'set step-into sideways', 'input', 'help',
  '../../../etc/passwd', 'file:///%zz', '/dev/null', 'AQID', '****', '% 0', '>= x', '{$r3', 'hits >', 'hits >= 2 && nothing', 'fault.nothing == 3', '*(u128*)0', '[0:0]', '[0:3]', '$v1.w9',
];

/** Any JSON value. */
export function junk(random: Random, depth = 3): unknown {
  switch (random.below(depth > 0 ? 8 : 5)) {
    case 0: return random.pick(NUMBERS);
    case 1:
    case 2: return random.pick(TEXTS);
    case 3: return random.chance(2);
    case 4: return null;
    case 5: return Array.from({ length: random.below(4) }, () => junk(random, depth - 1));
    case 6: return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(TEXTS).slice(0, 20), junk(random, depth - 1)]));
    default: return nested(random.between(10, 60));
  }
}

export function junkText(random: Random): string {
  return random.pick(TEXTS);
}

export function junkNumber(random: Random): number {
  return random.pick(NUMBERS);
}

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let i = 0; i < levels; i += 1) value = i % 2 === 0 ? [value] : { arguments: value };
  return value;
}
