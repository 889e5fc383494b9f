/** Debug information with damage in it: whatever the debugger asks has an answer, and nothing hangs or throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeFrame } from '../../../src/adapter/c/context.ts';
import { objectNamed } from '../../../src/adapter/c/names.ts';
import { type RowContext, variablesContainer } from '../../../src/adapter/c/rows.ts';
import { callerByFrameInfo } from '../../../src/adapter/c/unwind.ts';
import { globalsOf, localsOf } from '../../../src/adapter/c/variables.ts';
import { ExpressionError } from '../../../src/adapter/evaluate/expression.ts';
import type { Container } from '../../../src/adapter/variables/container.ts';
import { DebugInfo } from '../../../src/sim/program/dwarf/debugInfo.ts';
import type { DebugSections } from '../../../src/sim/program/dwarf/sections.ts';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { readGuest } from '../../support/guests.ts';

const NAMES = ['info', 'abbrev', 'str', 'line_str', 'line', 'ranges', 'rnglists', 'loc', 'loclists', 'frame', 'addr', 'str_offsets'] as const;
const GUESTS = ['sieve', 'sieve_O0', 'sieve_dw2', 'sieve_dw4', 'lines_dw5_64'] as const;
const RUNS = 150;
const MOST_FRAMES = 4;
const DEEPEST = 3;
const MOST_ROWS = 20;

/** Memory that has the same bytes everywhere, and can be read anywhere. */
const MEMORY = {
  read: (_address: number, bytes: number): Uint8Array => new Uint8Array(Math.min(Math.max(bytes, 0), 1 << 16)).fill(1),
  write: (_address: number, bytes: Uint8Array): number => bytes.length,
};

const CONTEXT: RowContext = {
  symbolOf: () => 'somewhere', space: { kind: 'ea', tid: 1000 },
  read: () => ({ kind: 'integer', value: 1n, bits: 64, signed: true }),
};

function frameAt(debug: DebugInfo, at: number, depth = 0): CodeFrame {
  return {
    at, pc: at + 4, debug, memory: MEMORY, activations: debug.functions.at(at),
    registers: { place: (number) => (number % 3 === 2 ? undefined : { kind: 'value', value: 0x1000n * BigInt(number) }) },
    caller: () => (depth < MOST_FRAMES ? frameAt(debug, at, depth + 1) : undefined),
  };
}

/** All rows that somebody may unfold. */
function unfold(container: Container, depth = 0): void {
  for (const row of container.rows(0, MOST_ROWS, {})) {
    expect(typeof `${row.name}${row.value}${row.type ?? ''}`).toBe('string');
    refusedOrDone(() => container.set?.(row.name, '1', {}));
    if (row.children && depth < DEEPEST) unfold(row.children, depth + 1);
  }
}

/** What cannot be done gets a sentence. */
function refusedOrDone(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
  }
}

/** Asks everything that the debugger may ask at an address. */
function ask(debug: DebugInfo, address: number): void {
  const frame = frameAt(debug, address);
  callerByFrameInfo(frame);
  debug.functions.withPrologue(address);
  for (const [index, activation] of frame.activations.entries()) {
    const { unit } = activation.entry;
    debug.files.pathOf(unit, activation.call?.file ?? 1);
    unfold(variablesContainer(() => localsOf(frame, activation), CONTEXT));
    unfold(variablesContainer(() => globalsOf(frame, unit), CONTEXT));
    for (const name of ['i', 'sieve', 'stdout.fileno', 'nowhere']) refusedOrDone(() => objectNamed(frame, index, name));
  }
}

describe('damaged debug information', () => {
  for (const guest of GUESTS) {
    it(`${guest} never breaks the debugger`, { timeout: 120_000 }, () => {
      const { program } = readElf(guest, readGuest(guest));
      const { debug = {} } = program;
      const functions = program.symbols.filter(({ kind }) => kind === 'function').map(({ address }) => address + 8);
      const told = new DebugInfo(debug).functions;
      const addresses = functions.filter((address) => told.unitAt(address)).slice(0, 6);
      expect(addresses).not.toEqual([]);
      const change = fc.record({ section: fc.constantFrom(...NAMES, 'eh_frame' as const), place: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.integer({ min: 0, max: 255 }) });
      fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
        const damaged = new DebugInfo(withChanges(debug, changes));
        for (const address of addresses) ask(damaged, address);
        damaged.functions.inlinedAt('scale');
      }), { numRuns: RUNS });
    });
  }
});

function withChanges(sections: DebugSections, changes: readonly { section: (typeof NAMES)[number] | 'eh_frame'; place: number; byte: number }[]): DebugSections {
  const copies = new Map(NAMES.map((name) => [name, sections[name]?.slice()]));
  const eh = sections.eh_frame && { bytes: sections.eh_frame.bytes.slice(), address: sections.eh_frame.address };
  for (const { section, place, byte } of changes) {
    const bytes = section === 'eh_frame' ? eh?.bytes : copies.get(section);
    if (bytes && bytes.length > 0) bytes[Math.floor(place * (bytes.length - 1))] = byte;
  }
  const kept = [...copies].flatMap(([name, bytes]): [string, Uint8Array][] => (bytes ? [[name, bytes]] : []));
  return { ...Object.fromEntries(kept), ...(eh ? { eh_frame: eh } : {}) };
}
