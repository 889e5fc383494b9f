/** Frames, parameters and local variables of C programs, compared with what GDB shows at the same places. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { GDB, type GdbStop, gdbStopsAt } from '../support/gdb.ts';
import { hasTool } from '../support/oracle.ts';
import { COMPILER, EMULATOR } from '../support/programs.ts';

const SOURCE = fileURLToPath(new URL('../debugging/inspected.c', import.meta.url));
const MOST_STOPS = 25;
const KINDS = [
  ['-O0', 5], ['-O1', 4], ['-O2', 2], ['-O2', 3], ['-O2', 4], ['-O2', 5], ['-Os', 5],
] as const;
const PLACES = ['add', 'factorial', 'on_signal', 'mixed', 'inspected.c:32', 'inspected.c:74', 'inspected.c:77', 'inspected.c:79'];

const hasAll = [hasTool(COMPILER, 'gcc-powerpc64-linux-gnu'), hasTool(EMULATOR, 'qemu-user'), hasTool(GDB, 'gdb-multiarch')].every(Boolean);

interface Variable {
  readonly name: string;
  readonly value: string;
}

describe.skipIf(!hasAll && process.env['CI'] === undefined)('a C program as GDB shows it', () => {
  let folder = '';
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'inspected-')); });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  for (const [level, version] of KINDS) {
    it(`${level}, DWARF ${String(version)}`, { timeout: 120_000 }, async () => {
      const file = join(folder, `inspected${level}${String(version)}`);
      await promisify(execFile)(COMPILER, ['-static', '-mcpu=cell', '-g', `-gdwarf-${String(version)}`, level, '-o', file, SOURCE]);
      const expected = await gdbStopsAt(file, PLACES, MOST_STOPS);
      expect(expected.length).toBeGreaterThan(5);
      const addresses = [...new Set(expected.map(({ pc }) => `0x${pc.toString(16)}`))];
      const ours = await ourStops(file, addresses, expected.length);
      // GDB's `info locals` leaves out variables that the compiler found to be constant.
      const shown = ours.map((stop, i) => ({ ...stop, variables: stop.variables.filter((own) => expected[i]?.variables.some((other) => nameOf(other) === nameOf(own))) }));
      expect(shown.map(comparable)).toEqual(expected.map(comparable));
    });
  }
});

/**
 * What does not depend on who runs the program: the two have their stacks in different places, GDB ends at main,
 * it cannot unwind QEMU's signal trampoline, and of a pointer to a function it shows descriptor and code.
 */
function comparable({ pc, frames, variables }: GdbStop): GdbStop {
  const last = frames.findIndex(({ name }) => name === 'main' || name === '<signal handler called>');
  const shown = frames[0]?.name === 'on_signal' ? frames.slice(0, 1) : frames.slice(0, last + 1);
  const texts = variables.map((line) => line.replaceAll(/0x(?:40007f|fffffff)[\da-f]*/g, 'STACK').replace(/@(0x[\da-f]+): 0x[\da-f]+ /, '$1 '));
  return { pc, frames: shown, variables: texts };
}

const nameOf = (line: string): string => line.replace(/ = .*$/s, '');

async function ourStops(file: string, addresses: readonly string[], count: number): Promise<GdbStop[]> {
  const client = new DapClient();
  const stops: GdbStop[] = [];
  try {
    await client.launch({ program: file }, () => client.ask('setInstructionBreakpoints', { breakpoints: addresses.map((instructionReference) => ({ instructionReference })) }));
    while (stops.length < count) {
      const { threadId } = await client.event<{ threadId: number }>('stopped');
      stops.push(await look(client, threadId));
      if (stops.length < count) await client.ask('continue', { threadId });
    }
  } finally {
    client.dispose();
  }
  return stops;
}

async function look(client: DapClient, threadId: number): Promise<GdbStop> {
  const { stackFrames } = await client.ask<{ stackFrames: { id: number; name: string; line: number; instructionPointerReference: string }[] }>('stackTrace', { threadId });
  const top = stackFrames[0];
  const { scopes } = await client.ask<{ scopes: { name: string; variablesReference: number }[] }>('scopes', { frameId: top?.id });
  const locals = scopes.find(({ name }) => name === 'Locals');
  const { variables } = locals ? await client.ask<{ variables: Variable[] }>('variables', { variablesReference: locals.variablesReference }) : { variables: [] };
  return {
    pc: Number(top?.instructionPointerReference.replace(/^.*:/, '')),
    frames: stackFrames.map(({ name, line }) => ({ name, line })),
    variables: variables.map(({ name, value }) => `${name} = ${value}`),
  };
}
