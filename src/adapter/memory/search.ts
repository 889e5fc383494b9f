/** Where bytes occur in a memory: only what is mapped is read, piece by piece. */
import type { Machine } from '../../sim/machine.ts';
import { type Memory, memoryOf } from './access.ts';
import type { MemorySpace } from './reference.ts';

interface Extent {
  readonly start: number;
  readonly end: number;
}

const PIECE = 64 * 1024;
const PAGE = 4096;

/** A search from an address on, then from the beginning: a line of bytes, any part of which can be searched by itself. */
export interface Search {
  /** Bytes to look at. */
  readonly length: number;
  /** Address of the first occurrence that begins in a part; undefined where there is none. @param start, count which bytes of the line. */
  find(start: number, count: number): number | undefined;
}

/** Undefined where the task or the context is gone. */
export function searchFor(machine: Machine, space: MemorySpace, from: number, pattern: Uint8Array): Search | undefined {
  const memory = memoryOf(machine, space);
  if (!memory) return undefined;
  const extents = joined(extentsOf(machine, space, memory));
  const behind = extents.flatMap(({ start, end }) => (end > from ? [{ start: Math.max(start, from), end }] : []));
  const before = extents.flatMap(({ start, end }) => (start < from ? [{ start, end: Math.min(end, from + pattern.length - 1) }] : []));
  const parts = [...behind, ...before];
  return {
    length: parts.reduce((sum, { start, end }) => sum + end - start, 0),
    find: (start, count) => {
      let passed = 0;
      for (const part of parts) {
        const first = part.start + Math.max(start - passed, 0);
        const last = Math.min(part.start + start + count - passed, part.end);
        passed += part.end - part.start;
        const found = last > first ? findIn(memory, { start: first, end: Math.min(last + pattern.length - 1, part.end) }, pattern) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

function extentsOf({ state, configuration }: Machine, space: MemorySpace, { end }: Memory): readonly Extent[] {
  switch (space.kind) {
    case 'ea': return state.tasks.get(space.tid)?.mm.vmas ?? [];
    case 'ls': return [{ start: 0, end }];
    case 'pa': return [{ start: 0, end: configuration.ramBytes }];
  }
}

/** What goes on from one mapping to the next is searched as one. */
function joined(extents: readonly Extent[]): Extent[] {
  const result: Extent[] = [];
  for (const { start, end } of extents) {
    const last = result.at(-1);
    if (last?.end === start) result.splice(-1, 1, { start: last.start, end });
    else result.push({ start, end });
  }
  return result;
}

function findIn(memory: Memory, { start, end }: Extent, pattern: Uint8Array): number | undefined {
  for (let at = start; at + pattern.length <= end;) {
    const wanted = Math.min(PIECE + pattern.length - 1, end - at);
    const bytes = memory.read(at, wanted);
    const found = indexIn(bytes, pattern);
    if (found >= 0) return at + found;
    // Behind a hole the search goes on at the next page.
    at += bytes.length === wanted ? PIECE : bytes.length + PAGE - ((at + bytes.length) % PAGE);
  }
  return undefined;
}

function indexIn(bytes: Uint8Array, pattern: Uint8Array): number {
  const [first = 0] = pattern;
  for (let at = bytes.indexOf(first); at >= 0 && at + pattern.length <= bytes.length; at = bytes.indexOf(first, at + 1)) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
