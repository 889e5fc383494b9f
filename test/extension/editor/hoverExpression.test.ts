import { expect, test } from 'vitest';
import { hoverExpression } from '../../../extension/editor/hoverExpression.ts';

test.each([
  ['ld r3, 8(r1)', 9, '[$r1+8:8]'],
  ['ld r3, -16(r1)', 9, '[$r1-16:8]'],
  ['ld r3, 8(r1)', 3, '$r3'],
  ['mr %r4, %r5', 4, '$r4'],
  ['ai $5, $6, 1', 4, '$5'],
  ['lis r3, buffer@ha', 10, 'buffer'],
  ['nop # r3', 6, undefined],
  ['.string "r3"', 9, undefined],
])('%s at column %i', (line, column, expected) => {
  expect(hoverExpression(line, column)?.expression).toBe(expected);
});
