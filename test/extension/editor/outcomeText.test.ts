import { expect, test } from 'vitest';
import { outcomeText } from '../../../extension/editor/outcomeText.ts';

test('equal outcomes are counted, different ones follow in order of time', () => {
  expect(outcomeText([{ outcome: 'RETRY', count: 3 }, { outcome: 'MINOR', count: 1 }])).toBe('RETRY ×3 → MINOR');
});

test('a line without faults has no text', () => {
  expect(outcomeText([])).toBe('');
});

test('a long line keeps its first outcome and its newest', () => {
  const runs = ['A', 'B', 'C', 'D', 'E'].map((outcome) => ({ outcome, count: 1 }));
  expect(outcomeText(runs)).toBe('A → … → C → D → E');
});
