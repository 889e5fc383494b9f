/** Running, stepping and replaying give the same states (design, section 5). */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleSource, machineFor, type TestMachine } from '../../support/machine.ts';

const MOST_PLACES = 400_000;
const EXAMPLES = readdirSync(new URL('../../../examples/', import.meta.url)).filter((name) => name.endsWith('.s') && !name.endsWith('.spu.s'));
const HISTORY = { historyBytes: 64 << 20 };

function start(name: string, withHistory: boolean): TestMachine {
  return machineFor({ name, source: exampleSource(name), ...(withHistory ? HISTORY : {}) });
}

/** Runs to a place, whatever stops it in between; whether it came there. */
function runTo({ machine }: TestMachine, place: number, piece = Infinity): boolean {
  while (machine.place < place) {
    const { kind } = machine.run(piece, place);
    if (kind === 'exit' || kind === 'deadlock') return machine.place >= place;
  }
  return true;
}

/** Steps one thread after the other until a place is near, then runs there. */
function stepTo(test: TestMachine, place: number): boolean {
  const { machine } = test;
  for (let i = 0; machine.place < place - 100 && i < 2000; i += 1) {
    const tasks = [...machine.state.tasks.values()].filter(({ state }) => state === 'running' || state === 'ready');
    const contexts = [...machine.state.spufs.contexts.values()];
    const context = contexts[i % Math.max(contexts.length, 1)];
    const task = tasks[i % Math.max(tasks.length, 1)];
    if (i % 2 === 0 && context) machine.control.stepping = { kind: 'context', context };
    else machine.control.stepping = task && { kind: 'task', task };
    const { kind } = machine.run(200, place);
    if (kind === 'exit' || kind === 'deadlock') return machine.place >= place;
  }
  machine.control.stepping = undefined;
  return runTo(test, place, 1777);
}

function lengthOf(name: string): number {
  const test = start(name, false);
  runTo(test, MOST_PLACES);
  return test.machine.place;
}

describe.each(EXAMPLES)('%s', (name) => {
  it('is in the same state at a place, however it came there', () => {
    const length = lengthOf(name);
    fc.assert(fc.property(fc.integer({ min: 1, max: length }), fc.integer({ min: 1, max: length }), (a, b) => {
      const place = Math.min(a, b);
      const whole = start(name, false);
      const isThere = runTo(whole, place);
      const expected = whole.machine.hash();

      const stepped = start(name, false);
      expect(stepTo(stepped, place)).toBe(isThere);
      expect({ by: 'steps', place, hash: stepped.machine.hash() }).toEqual({ by: 'steps', place, hash: expected });

      // There and further, then back: from a checkpoint at most a quarter of the way before.
      const replayed = start(name, true);
      const { history } = replayed.machine;
      history?.refine(Math.max(Math.ceil(place / 4), 20_000));
      runTo(replayed, Math.max(a, b), 3000);
      const printed = replayed.out.stdout + replayed.out.stderr;
      for (const checkpoint of [history?.checkpoints[0], history?.before(place)]) {
        if (!checkpoint) continue;
        history?.restore(checkpoint);
        expect(runTo(replayed, place, 2500)).toBe(isThere);
        expect({ by: 'replay', place, from: checkpoint.place, hash: replayed.machine.hash() }).toEqual({ by: 'replay', place, from: checkpoint.place, hash: expected });
      }
      runTo(replayed, Math.max(a, b));
      expect(replayed.out.stdout + replayed.out.stderr).toBe(printed);
    }), { numRuns: 4, seed: 20060915 });
  });
});
