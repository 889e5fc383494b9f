import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../src/sim/kernel/profile/lookup.ts';
import { DEFAULT_CONFIGURATION, Machine } from '../../../src/sim/machine.ts';
import { loadProgram } from '../../../src/sim/program/load.ts';
import { digest, exampleSource, machineFor, type TestMachine } from '../../support/machine.ts';

const MOST_PIECES = 1000;

/** A machine that shares its interpreters with no other: it has everything to make. */
function newMachine(name: string): TestMachine {
  const out = { stdout: '', stderr: '', notices: [] as string[] };
  const { program } = loadProgram({ name, bytes: new TextEncoder().encode(exampleSource(name)) });
  const machine = new Machine(
    { program, args: [], env: {}, profile: profileOf(undefined), configuration: { ...DEFAULT_CONFIGURATION, ramBytes: 4 << 20 }, hostFiles: undefined },
    {
      output: (stream, bytes) => { out[stream] += new TextDecoder().decode(bytes); },
      notice: (text) => { out.notices.push(text); },
    },
  );
  return { machine, out };
}

describe('a machine that is to run in pieces', () => {
  it('comes back between the pieces of an interpreter that it has to make, and does what it does in one', () => {
    const pieces = newMachine('spe-dma.s');
    pieces.machine.control.runsInPieces = true;
    const stops = [];
    for (let stop = pieces.machine.run(Infinity); ; stop = pieces.machine.run(Infinity)) {
      stops.push(stop.kind);
      if (stop.kind !== 'preparing' || stops.length > MOST_PIECES) break;
    }
    expect(stops.length).toBeGreaterThan(4);
    expect(stops.at(-1)).toBe('exit');
    const whole = machineFor({ name: 'spe-dma.s', source: exampleSource('spe-dma.s') });
    whole.machine.run(Infinity);
    expect(digest(pieces)).toBe(digest(whole));
  });

  it('needs not come back where everything was made before', () => {
    const { machine } = newMachine('spe-dma.s');
    machine.control.runsInPieces = true;
    const before = machine.cycle;
    let pieces = 0;
    while (machine.prepare() && pieces < MOST_PIECES) pieces += 1;
    expect(pieces).toBeGreaterThan(4);
    expect(machine.cycle).toBe(before);
    expect(machine.run(Infinity).kind).toBe('exit');
  });
});
