/** The timeline against what the machine says of itself by other ways: processor time, fault records, what runs where. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Lanes, type LaneOfOwner } from '../../../src/adapter/timeline/lanes.ts';
import type { Span } from '../../../src/adapter/timeline/laneSpans.ts';
import { readFaults } from '../../../src/sim/kernel/fault/log.ts';
import type { Machine } from '../../../src/sim/machine.ts';
import { ENTRY, laneOf, ownerOf } from '../../../src/sim/timeline/entry.ts';
import { exampleSource, machineFor } from '../../support/machine.ts';

const MOST_PLACES = 1_000_000;
const FOLDER = new URL('../../../examples/', import.meta.url);
const EXAMPLES = ['', 'hazards/'].flatMap((folder) => readdirSync(new URL(folder, FOLDER)).filter((name) => name.endsWith('.s')).map((name) => folder + name));

/** Programs in which a processor that is behind wakes a task which has gone on ahead of it: those cycles are in its past twice. */
const RUNS_AHEAD: ReadonlySet<string> = new Set(['mailbox.s', 'hazards/gone-mapping.s', 'hazards/init-oom.s', 'hazards/ping-pong.s']);

function ran(name: string): Machine {
  const { machine } = machineFor({ name, source: exampleSource(name) });
  while (machine.place < MOST_PLACES) {
    const { kind } = machine.run(Infinity, MOST_PLACES);
    if (kind === 'exit' || kind === 'deadlock') break;
  }
  return machine;
}

function length(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** What of some spans is in none of others. */
function outside(some: readonly Span[], others: readonly Span[]): number {
  return length(some) - some.reduce((sum, { from, to }) => sum + others.reduce((inside, other) => inside + Math.max(Math.min(to, other.to) - Math.max(from, other.from), 0), 0), 0);
}

describe.each(EXAMPLES)('%s', (name) => {
  const machine = ran(name);
  const { state } = machine;
  const lanes = new Lanes(machine, { from: 0, to: Infinity, cyclesPerPoint: 1 });
  const own = [...lanes.own.values()];
  const laneOfTask = (tid: number): LaneOfOwner | undefined => lanes.own.get(laneOf('task', tid));

  it('has every task and context there was, and no two spans at a time', () => {
    expect(own.filter(({ number }) => ownerOf(number).owner === 'context')).toHaveLength(state.spufs.ended.length + state.spufs.contexts.size);
    for (const tid of state.tasks.keys()) expect(laneOfTask(tid)).toBeDefined();
    for (const { spans } of [...own.map((lane) => lane.spans), ...lanes.cpus, ...lanes.spes]) {
      expect(spans.filter(({ from, to }, i) => to <= from || from < (spans[i - 1]?.to ?? 0))).toEqual([]);
    }
  });

  it('has each task in user mode for as long as it is charged for', () => {
    for (const task of state.tasks.values()) {
      const user = length(laneOfTask(task.tid)?.spans.spans.filter(({ kind }) => kind === ENTRY.user) ?? []);
      if (RUNS_AHEAD.has(name)) expect(user).toBeLessThanOrEqual(task.userCycles);
      else expect([task.tid, user]).toEqual([task.tid, task.userCycles]);
    }
  });

  it('has every fault where its record says, and the waits in it', () => {
    const faults = readFaults(state.faults, 0, state.faults.count);
    const marks = new Map(own.flatMap((lane) => lane.marks.marks.faults.map((mark) => [mark.detail, { lane, mark }] as const)));
    expect(marks.size).toBe(faults.length);
    const step = machine.profile.cost.step;
    for (const { id, cycle, task, context, origin, waited } of faults) {
      const { lane, mark } = marks.get(id) ?? {};
      const owner = lane && ownerOf(lane.number);
      expect([id, mark?.at, mark?.count, owner?.owner]).toEqual([id, cycle, 1, origin === 'mfc' && context !== undefined ? 'context' : 'task']);
      if (owner?.owner === 'task') expect(owner.id).toBe(task);
      const spans = laneOfTask(task)?.spans.spans ?? [];
      // A record counts until the step that slept has run again: that is after the task was ready, and had a processor.
      const waits = spans.flatMap((span, i) => (span.fault === id ? [length([span]) + length(spans.slice(i + 1).filter(({ kind, from }) => kind === ENTRY.ready && from === span.to)) + step] : []));
      const inAll = waits.reduce((sum, wait) => sum + wait, 0);
      // One that waits several times may wait for what is not counted: a lock of the run queue's.
      if (waits.length === 1) expect([id, inAll]).toEqual([id, waited]);
      // Without one it was over at once: the step ran a second time all the same.
      else expect(waited).toBeLessThanOrEqual(waits.length === 0 ? step : inAll);
    }
  });

  it('has each processor busy while something is said to be on it, and no longer', () => {
    const on = (processor: number, kinds: readonly number[]): readonly Span[] =>
      own.flatMap((lane) => lane.spans.spans.filter(({ kind, detail }) => kinds.includes(kind) && (detail & 0xff) === processor));
    lanes.cpus.forEach(({ spans }, cpu) => {
      const tasks = on(cpu, [ENTRY.user, ENTRY.kernel]);
      expect(outside(tasks, spans)).toBe(0);
      if (!RUNS_AHEAD.has(name)) expect(outside(spans, tasks)).toBe(0);
    });
    lanes.spes.forEach(({ spans }, spe) => {
      const contexts = on(spe, [ENTRY.spuRuns, ENTRY.spuWaits, ENTRY.spuStopped]);
      expect([outside(contexts, spans), outside(spans, contexts)]).toEqual([0, 0]);
    });
  });
});
