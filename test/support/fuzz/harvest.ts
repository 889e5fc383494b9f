/** What a fuzzer has seen in the answers of a session: numbers and names that mean something there, some of them no longer. */
import type { Random } from '../randomPrograms/random.ts';

const KEPT = 40;
/** What came last is most often still good. */
const LATEST = 6;
/** Members of bodies whose values are worth sending back. */
const WORTH: Readonly<Record<string, string>> = {
  threadId: 'thread', frameId: 'frame', variablesReference: 'container', memoryReference: 'memory', instructionPointerReference: 'memory',
  valueLocationReference: 'location', sourceReference: 'source', dataId: 'data', path: 'path', evaluateName: 'expression', name: 'name',
};
/** Lists whose elements have an `id` that means something. */
const LISTS: Readonly<Record<string, string>> = { threads: 'thread', stackFrames: 'frame', targets: 'target' };

export class Harvest {
  private readonly found = new Map<string, unknown[]>();

  take(value: unknown, list = ''): void {
    if (Array.isArray(value)) {
      for (const item of value.slice(0, KEPT)) this.take(item, list);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      const kind = key === 'id' ? LISTS[list] : WORTH[key];
      if (kind !== undefined && (typeof member === 'number' || typeof member === 'string')) this.keep(kind, member);
      else this.take(member, key);
    }
  }

  /** Something of a kind that was seen, or `otherwise` where there was none. */
  some(random: Random, kind: string, otherwise: unknown): unknown {
    const all = this.found.get(kind) ?? [];
    if (all.length === 0 || random.chance(12)) return otherwise;
    return random.pick(random.chance(4) ? all : all.slice(-LATEST));
  }

  private keep(kind: string, value: unknown): void {
    const all = this.found.get(kind) ?? [];
    const place = all.indexOf(value);
    if (place >= 0) all.splice(place, 1);
    all.push(value);
    if (all.length > KEPT) all.shift();
    this.found.set(kind, all);
  }
}
