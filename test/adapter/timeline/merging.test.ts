/** What is too short for a picture is merged: nothing is lost, and an answer is no longer than the picture is wide. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LaneMarks } from '../../../src/adapter/timeline/laneMarks.ts';
import { LaneSpans, type Span } from '../../../src/adapter/timeline/laneSpans.ts';
import { OUTCOMES } from '../../../src/sim/kernel/fault/log.ts';

const NOTHING = NaN;
const END = 4000;

interface Change {
  readonly length: number;
  readonly kind: number;
}

const changes = fc.array(fc.record({ length: fc.oneof(fc.nat(5), fc.nat(200)), kind: fc.constantFrom(1, 2, 3, NOTHING) }), { maxLength: 60 });
const window = fc.tuple(fc.nat(END), fc.nat(END), fc.integer({ min: 1, max: 300 })).map(([a, b, cyclesPerPoint]) => ({ from: Math.min(a, b), to: Math.max(a, b), cyclesPerPoint }));
const ALL = { from: 0, to: Infinity, cyclesPerPoint: 1 };

function spansOf(list: readonly Change[], looked: typeof ALL): readonly Span[] {
  const lane = new LaneSpans(looked);
  let at = 0;
  for (const { length, kind } of list) {
    lane.change(at, kind);
    at += length;
  }
  lane.finish(at);
  return lane.spans;
}

/** What was done at each cycle. */
function byCycle(list: readonly Change[]): readonly number[] {
  return list.flatMap(({ length, kind }) => Array<number>(length).fill(kind));
}

describe('spans of a lane', () => {
  it('say of every cycle what was done in it', () => {
    fc.assert(fc.property(changes, (list) => {
      const cycles = byCycle(list);
      const said = cycles.map(() => NOTHING);
      for (const { from, to, kind } of spansOf(list, ALL)) said.fill(kind, from, to);
      expect(said).toEqual(cycles);
    }));
  });

  it('are merged where they are short, and stay in order', () => {
    fc.assert(fc.property(changes, window, (list, looked) => {
      const whole = spansOf(list, ALL).filter(({ from, to }) => to >= looked.from && from <= looked.to);
      const merged = spansOf(list, looked);
      expect(merged.reduce((sum, { count }) => sum + count, 0)).toBe(whole.length);
      let next = 0;
      for (const { from, to, kind, count } of merged) {
        const parts = whole.slice(next, next + count);
        next += count;
        expect([from, to, count === 1 ? kind : undefined]).toEqual([parts[0]?.from, parts.at(-1)?.to, count === 1 ? parts[0]?.kind : undefined]);
        if (count > 1) expect(Math.max(...parts.map((part) => part.to - part.from))).toBeLessThan(looked.cyclesPerPoint);
      }
      const points = (looked.to - looked.from) / looked.cyclesPerPoint;
      expect(merged.length).toBeLessThanOrEqual(2 * points + 4);
    }));
  });
});

describe('marks of a lane', () => {
  const events = fc.array(fc.record({ at: fc.nat(END), length: fc.nat(300), outcome: fc.nat(OUTCOMES.length - 1), kind: fc.constantFrom('fault', 'signal', 'dma') }), { maxLength: 80 });

  it('count everything in sight, and show the worst fault of a point', () => {
    fc.assert(fc.property(events, window, (list, looked) => {
      const lane = new LaneMarks(looked);
      list.forEach(({ at, length, outcome, kind }, id) => {
        if (kind === 'fault') lane.addFault(at, at + length, id, outcome);
        else if (kind === 'signal') lane.addSignal(at, id);
        else lane.addCommand(at, at + length, id, 0, 0);
      });
      const { faults, signals, commands } = lane.marks;
      const inSight = list.filter(({ at, length, kind }) => at <= looked.to && at + (kind === 'signal' ? 0 : length) >= looked.from);
      const points = Math.ceil((looked.to + 300 - looked.from) / looked.cyclesPerPoint) + 2;
      for (const [kind, marks] of [['fault', faults], ['signal', signals], ['dma', commands]] as const) {
        expect([kind, marks.reduce((sum, { count }) => sum + count, 0)]).toEqual([kind, inSight.filter((event) => event.kind === kind).length]);
        expect(marks.map(({ at }) => at)).toEqual(marks.map(({ at }) => at).sort((a, b) => a - b));
        expect(marks.length).toBeLessThanOrEqual(points);
      }
      const worst = ['MINOR', 'MAJOR', 'RETRY', 'OOM', 'SIGBUS', 'SIGSEGV'];
      for (const { at, detail, count } of faults) {
        const there = inSight.filter((event) => event.kind === 'fault' && Math.floor(event.at / looked.cyclesPerPoint) === Math.floor(at / looked.cyclesPerPoint));
        expect(count).toBe(there.length);
        const ranks = there.map(({ outcome }) => worst.indexOf(OUTCOMES[outcome] ?? ''));
        expect(worst.indexOf(OUTCOMES[list[detail]?.outcome ?? 0] ?? '')).toBe(Math.max(...ranks));
      }
    }));
  });
});
