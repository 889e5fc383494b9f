/** The timeline's log: bounded, and what it lets go of it keeps the sum of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY } from '../../../src/sim/timeline/entry.ts';
import { TimelineLog } from '../../../src/sim/timeline/log.ts';

interface Said {
  readonly lane: number;
  readonly kind: number;
  readonly detail: number;
}

const entries = fc.array(fc.record({
  lane: fc.nat(4), detail: fc.nat(3),
  kind: fc.constantFrom(ENTRY.named, ENTRY.user, ENTRY.kernel, ENTRY.waits, ENTRY.ended, ENTRY.fault, ENTRY.signal),
}), { maxLength: 100 });

function write(log: TimelineLog, list: readonly Said[], from = 0): void {
  list.forEach(({ lane, kind, detail }, i) => { log.write(from + i, (from + i) * 10, lane, kind, detail, (from + i) * 10, 0, 0); });
}

function read(log: TimelineLog, count: number): (Said & { readonly at: number })[] {
  const list: (Said & { at: number })[] = [];
  log.forEach(count, ({ at, lane, kind, detail }) => { list.push({ at, lane, kind, detail }); });
  return list;
}

/** Where lanes stand after entries: their names, and what they do. */
function standing(list: readonly Said[], before: ReadonlyMap<number, { readonly name: number; readonly kind: number | undefined; readonly detail: number }> = new Map()): Map<number, readonly unknown[]> {
  const lanes = new Map<number, readonly unknown[]>([...before].map(([lane, { name, kind, detail }]) => [lane, [name, kind, detail]]));
  for (const { lane, kind, detail } of list) {
    const [name, doing, what] = lanes.get(lane) ?? [];
    if (kind === ENTRY.named) lanes.set(lane, [detail, doing, what ?? 0]);
    else if (kind === ENTRY.ended) lanes.delete(lane);
    else if (kind !== ENTRY.fault && kind !== ENTRY.signal && lanes.has(lane)) lanes.set(lane, [name, kind, detail]);
  }
  return lanes;
}

describe('the log', () => {
  it('keeps the newest entries, and where lanes stood before them', () => {
    fc.assert(fc.property(entries, fc.constantFrom(1, 2, 8, 64), (list, most) => {
      const log = new TimelineLog(most);
      write(log, list);
      const kept = read(log, list.length);
      expect(kept).toEqual(list.map((said, i) => ({ at: i * 10, ...said })).slice(-kept.length || list.length));
      expect(kept.length).toBe(Math.min(list.length, most));
      expect(standing(kept, log.lanesAtBegin)).toEqual(standing(list));
    }));
  });

  it('shows no more than what has been where the machine is, and has the rest when it comes there again', () => {
    fc.assert(fc.property(entries, fc.nat(100), (list, to) => {
      const log = new TimelineLog();
      write(log, list);
      const past = Math.min(to, list.length);
      const whole = read(log, list.length);
      expect(read(log, past)).toEqual(whole.slice(0, past));
      write(log, list.slice(past), past);
      expect(read(log, list.length)).toEqual(whole);
    }));
  });

  it('forgets a future with the first entry that comes out different, or as soon as it is told', () => {
    const old: readonly Said[] = Array.from({ length: 6 }, () => ({ lane: 1, kind: ENTRY.user, detail: 0 }));
    const other: Said = { lane: 1, kind: ENTRY.kernel, detail: 1 };
    const different = new TimelineLog();
    write(different, old);
    write(different, [old[0] ?? other, other], 2);
    expect(read(different, 6).map(({ kind }) => kind)).toEqual([ENTRY.user, ENTRY.user, ENTRY.user, ENTRY.kernel]);
    const told = new TimelineLog();
    write(told, old);
    told.forgetFrom(2);
    expect(read(told, 6)).toHaveLength(2);
  });

  it('begins anew where the machine is put back behind everything it knows', () => {
    const log = new TimelineLog(4);
    write(log, Array.from({ length: 9 }, (_, i) => ({ lane: 1, kind: i % 2 === 0 ? ENTRY.user : ENTRY.kernel, detail: 0 })));
    expect([log.hasForgotten(4), log.hasForgotten(5)]).toEqual([true, false]);
    log.beginAt(3, 30);
    log.know(1, { name: log.intern('main'), kind: ENTRY.kernel, detail: 0 });
    write(log, [{ lane: 1, kind: ENTRY.ready, detail: 0 }], 3);
    expect([log.begin, read(log, 4).map(({ at }) => at), log.text(log.lanesAtBegin.get(1)?.name ?? -1)]).toEqual([30, [30], 'main']);
  });
});
