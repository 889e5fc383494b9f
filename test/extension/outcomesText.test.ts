/** The text behind a line that faulted. */
import { describe, expect, it } from 'vitest';
import { outcomesText } from '../../extension/editor/outcomesText.ts';

describe('the outcomes of a line', () => {
  it('stand in the order of time, with how often each came in a row', () => {
    expect(outcomesText({ faults: 4, latest: [{ outcome: 'RETRY', faults: 3 }, { outcome: 'MINOR', faults: 1 }] })).toBe('RETRY ×3 → MINOR');
    expect(outcomesText({ faults: 1, latest: [{ outcome: 'SIGBUS', faults: 1 }] })).toBe('SIGBUS');
  });

  it('say that there were others before', () => {
    expect(outcomesText({ faults: 1_000_000, latest: [{ outcome: 'MAJOR', faults: 1 }, { outcome: 'MINOR', faults: 2 }] })).toBe('… MAJOR → MINOR ×2');
  });
});
