/** Lines that were there when the program began, while the text is edited. */
import { describe, expect, it } from 'vitest';
import { LineOrigins } from '../../extension/editor/lineOrigins.ts';

function after(...texts: readonly string[]): Record<number, number> {
  const [first = '', ...later] = texts;
  const origins = new LineOrigins(first.split('|'));
  for (const text of later) origins.edited(text.split('|'));
  return Object.fromEntries(origins.places());
}

describe('the origins of lines', () => {
  it('are where they were without an edit', () => {
    expect(after('a|b|c')).toEqual({ 1: 1, 2: 2, 3: 3 });
  });

  it('end at a line that is changed', () => {
    expect(after('a|b|c', 'a|bb|c')).toEqual({ 1: 1, 3: 3 });
    expect(after('a|b|c', 'a|bb|c', 'a|b|c')).toEqual({ 1: 1, 3: 3 });
  });

  it('move with lines that are put in before them, or behind the end of one', () => {
    expect(after('a|b|c', 'new|a|b|c')).toEqual({ 1: 2, 2: 3, 3: 4 });
    expect(after('a|b|c', 'a||b|c', 'a|x|b|c')).toEqual({ 1: 1, 2: 3, 3: 4 });
  });

  it('move with lines that are taken away', () => {
    expect(after('a|b|c|d', 'a|d')).toEqual({ 1: 1, 4: 2 });
    expect(after('a|b', '')).toEqual({});
  });

  it('hold among lines that are alike', () => {
    const places = after('x|x|x', 'x|x|x|x');
    expect(Object.values(places)).toHaveLength(3);
    expect(after('x|x|x', 'x|x')).toEqual({ 1: 1, 2: 2 });
  });
});
