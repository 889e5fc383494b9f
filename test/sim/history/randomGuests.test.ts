/** Random guests are in the same state at a place of their history, however often and on whatever way the machine comes there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../src/sim/history/history.ts';
import type { Machine } from '../../../src/sim/machine.ts';
import { birth, type Choices, give, type Life, liveOnce, OUTSIDE, type Outside, runTo, whole, wholeAt } from '../../support/lives.ts';
import { randomGuest } from '../../support/randomGuest.ts';

const KERNELS = ['2.6.18', '2.6.18-retry', '2.6.23', '2.6.27'];
/** The one is enough for all checkpoints, of the other no more is left than has to stay. */
const HISTORY_BYTES = { kept: 64 << 20, dropped: 1 };

/** Shares are of the length of the life; `steps` lie before where the machine is. */
type Move =
  | { readonly kind: 'travel' | 'travel from afar'; readonly share: number }
  | { readonly kind: 'step back'; readonly steps: number }
  | { readonly kind: 'reverse to a fault' | 'keep a checkpoint' };

interface Leg {
  readonly kind: Move['kind'];
  readonly to: number;
}

const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom('travel' as const, 'travel from afar' as const), share }),
  fc.record({ kind: fc.constant('step back' as const), steps: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constantFrom('reverse to a fault' as const, 'keep a checkpoint' as const) }),
);
const story = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  kernel: fc.constantFrom(...KERNELS),
  checkpoints: fc.constantFrom('kept' as const, 'dropped' as const),
  spacing: fc.integer({ min: 100, max: 4000 }),
  piece: fc.integer({ min: 300, max: 20_000 }),
  inputs: fc.array(fc.record({ at: fc.integer({ min: 1, max: 12_000 }), what: fc.constantFrom(...OUTSIDE) }), { maxLength: 6 }),
  moves: fc.array(move, { minLength: 4, maxLength: 12 }),
  future: fc.record({ share, what: fc.constantFrom(...OUTSIDE) }),
});

function wishesOf(inputs: readonly { readonly at: number; readonly what: Outside }[]): Life['given'] {
  return inputs.map(({ at, what }) => ({ place: at, what })).sort((a, b) => a.place - b.place);
}

/** A place has two states where something came from outside, before and after; those are not looked at. */
function clearPlace({ given }: Life, wanted: number): number {
  let place = Math.max(Math.floor(wanted), 1);
  while (given.some((one) => one.place === place)) place -= 1;
  return Math.max(place, 0);
}

function legsOf(life: Life, moves: readonly Move[]): Leg[] {
  let here = life.end;
  return moves.flatMap((next): Leg[] => {
    const { kind } = next;
    if (kind === 'travel' || kind === 'travel from afar') here = clearPlace(life, next.share * life.end);
    else if (kind === 'step back') here = clearPlace(life, here - next.steps);
    else if (kind === 'reverse to a fault') {
      const fault = life.faults.findLast((place) => place < here);
      if (fault === undefined || clearPlace(life, fault) !== fault) return [];
      here = fault;
    }
    return [{ kind, to: here }];
  });
}

function historyOf({ history }: Machine): History {
  if (!history) throw new Error('This machine keeps no history.');
  return history;
}

function go(machine: Machine, { kind, to }: Leg, piece: number): void {
  const history = historyOf(machine);
  switch (kind) {
    case 'keep a checkpoint':
      history.take();
      return;
    case 'reverse to a fault':
      expect(lastFault(machine, piece)).toBe(to);
      break;
    default:
  }
  const [first] = history.checkpoints;
  const from = kind === 'travel from afar' ? first : history.before(to + 1);
  if (from && (kind !== 'travel' || to < machine.place)) history.restore(from);
  runTo(machine, to, piece);
}

/** As the debugger goes back: the part since the checkpoint before runs again and is watched, then the part before it. */
function lastFault(machine: Machine, piece: number): number | undefined {
  const history = historyOf(machine);
  let end = machine.place;
  for (let from = history.before(end); from; from = history.before(end)) {
    let found: number | undefined;
    history.restore(from);
    const limit = end;
    runTo(machine, limit, piece, () => { if (machine.place < limit) found = machine.place; });
    if (found !== undefined) return found;
    end = from.place;
  }
  return undefined;
}

function expectSame(machine: Machine, expected: object | undefined, leg: string): void {
  expect({ leg, ...whole(machine) }).toEqual({ leg, ...expected });
}

/** Lives a life to its end with a history. */
function liveAgain(choices: Choices, { given, end }: Life, bytes: number, spacing: number, piece: number) {
  const test = birth(choices, bytes);
  historyOf(test.machine).refine(spacing);
  for (const { place, what } of given) {
    runTo(test.machine, place, piece);
    give(test.machine, what);
  }
  runTo(test.machine, end, piece);
  return test;
}

describe('random guests', () => {
  it('are the same at a place, on every way there', () => {
    fc.assert(fc.property(story, ({ seed, kernel, checkpoints, spacing, piece, inputs, moves, future }) => {
      const choices = { guest: randomGuest(seed), kernel };
      const life = liveOnce(choices, wishesOf(inputs));
      const legs = legsOf(life, moves);
      const expected = wholeAt(choices, life, [...legs.map(({ to }) => to), life.end]);

      const { machine, out } = liveAgain(choices, life, HISTORY_BYTES[checkpoints], spacing, piece);
      const printed = out.stdout + out.stderr + out.notices.join('\n');
      expectSame(machine, expected.get(life.end), 'first time');
      for (const leg of legs) {
        go(machine, leg, piece);
        expectSame(machine, expected.get(leg.to), `${leg.kind} to ${String(leg.to)}`);
      }
      go(machine, { kind: 'travel', to: life.end }, piece);
      expectSame(machine, expected.get(life.end), 'the present');
      expect(out.stdout + out.stderr + out.notices.join('\n')).toBe(printed);

      const turn = clearPlace(life, future.share * life.end);
      go(machine, { kind: 'travel', to: turn }, piece);
      const given = [...life.given.filter(({ place }) => place < turn), { place: turn, what: future.what }];
      expect(give(machine, future.what)).toBe(turn < life.end);
      const later = turn + 2000;
      runTo(machine, later, piece);
      expectSame(machine, wholeAt(choices, { given }, [later]).get(later), 'another future');
    }), { numRuns: 25, seed: 20060915, endOnFailure: true });
  }, 60_000);
});
