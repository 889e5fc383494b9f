import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restartDma } from '../../../src/sim/spe/mfc.ts';
import { enterSpuCommand } from '../../../src/sim/spe/mfcEntry.ts';
import { freePlaces } from '../../../src/sim/spe/mfcQueue.ts';
import { SpeMachine } from '../../support/speMachine.ts';

const GET = 0x41;
const PUT = 0x21;
const AREA = 0x1000;
const LINE = 128;
const EA = 0x7000_0000;

interface Transfer {
  readonly opcode: number;
  readonly lsa: number;
  readonly ea: number;
  readonly size: number;
  readonly pause: number;
}

const transfer = fc.record({
  opcode: fc.constantFrom(GET, PUT),
  lsa: fc.nat(AREA / 16 - 1).map((quad) => quad * 16),
  ea: fc.nat(AREA / 16 - 1).map((quad) => quad * 16),
  size: fc.nat(3 * LINE / 16).map((quads) => quads * 16),
  pause: fc.nat(400),
}).map((t): Transfer => ({ ...t, size: Math.min(t.size, AREA - t.lsa, AREA - t.ea) }));

/** The two areas after the transfers, one after the other. */
function serial(transfers: readonly Transfer[], local: Uint8Array, memory: Uint8Array): void {
  for (const { opcode, lsa, ea, size } of transfers) {
    if (opcode === GET) local.set(memory.subarray(ea, ea + size), lsa);
    else memory.set(local.subarray(lsa, lsa + size), ea);
  }
}

const machine = new SpeMachine();

test('commands with barriers do what they would one after the other, whatever the pauses and faults', () => {
  fc.assert(fc.property(fc.array(transfer, { maxLength: 16 }), fc.boolean(), (transfers, faults) => {
    const local = Uint8Array.from({ length: AREA }, (_, i) => i * 7);
    const memory = Uint8Array.from({ length: AREA }, (_, i) => i * 13 + 1);
    machine.localBytes(0, AREA).set(local);
    machine.ramBytes(1).set(memory);
    machine.pages.clear();
    if (!faults) machine.pages.set(EA >>> 12, 1);
    for (const { pause, opcode, lsa, ea, size } of transfers) {
      Object.assign(machine.spe.state.mfc.parameters, { lsa, eaHigh: 0, eaLow: EA + ea, size, tag: 7 });
      enterSpuCommand(machine.spe, opcode, machine.cycle);
      machine.passUntil(machine.cycle + pause);
    }
    machine.pages.set(EA >>> 12, 1);
    restartDma(machine.spe, machine.cycle);
    machine.passUntil(machine.cycle + 100_000);
    serial(transfers, local, memory);
    expect(freePlaces(machine.spe, 'spu')).toBe(16);
    expect(machine.localBytes(0, AREA)).toEqual(local);
    expect(machine.ramBytes(1)).toEqual(memory);
  }), { numRuns: 100 });
});
