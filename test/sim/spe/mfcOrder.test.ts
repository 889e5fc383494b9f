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

const NO_ORDER = 0;
const BARRIER = 1;
const FENCE = 2;
const QUEUE_BARRIER = 0xc0;
const GROUP_SYNC = 0xcc;

interface Ordered {
  readonly base: number;
  readonly order: number;
  readonly tag: number;
  readonly size: number;
  readonly pause: number;
}

const ordered = fc.record({
  base: fc.constantFrom(0x40, 0x20, 0x40, 0x20, QUEUE_BARRIER, GROUP_SYNC),
  order: fc.constantFrom(NO_ORDER, NO_ORDER, BARRIER, FENCE),
  tag: fc.nat(2),
  size: fc.nat(3 * 64).map((quads) => quads * 16),
  pause: fc.nat(300),
});

/** Whether an earlier command has to be done before a later one moves anything (CBE Architecture 1.02, chapter 7). */
function comesFirst(earlier: Ordered, later: Ordered): boolean {
  if (earlier.base === QUEUE_BARRIER || later.base === QUEUE_BARRIER) return true;
  if (earlier.tag !== later.tag) return false;
  if (earlier.base === GROUP_SYNC || later.base === GROUP_SYNC) return true;
  return earlier.order === BARRIER || later.order !== NO_ORDER;
}

test('nothing moves before what fences and barriers put in front of it, and all is done in the end', () => {
  fc.assert(fc.property(fc.array(ordered, { minLength: 2, maxLength: 16 }), (list) => {
    const test = new SpeMachine();
    test.pages.set(EA >>> 12, 1);
    const { spe } = test;
    const check = (entered: number): void => {
      const left = new Map(spe.state.mfc.queues.spu.commands.map((command) => [command.id, command]));
      for (let later = 0; later < entered; later += 1) {
        const command = left.get(later);
        if (command?.transferred === 0) continue;
        for (let earlier = 0; earlier < later; earlier += 1) {
          const [one, other] = [list[earlier], list[later]];
          if (one && other && comesFirst(one, other)) expect(left.has(earlier), `${String(earlier)} before ${String(later)}`).toBe(false);
        }
      }
    };
    list.forEach(({ base, order, tag, size, pause }, i) => {
      Object.assign(spe.state.mfc.parameters, { lsa: 0x1000 * i, eaHigh: 0, eaLow: EA, size, tag });
      enterSpuCommand(spe, base >= QUEUE_BARRIER ? base : base | order, test.cycle);
      for (let left = pause; left > 0; left -= 50) {
        test.passUntil(test.cycle + Math.min(left, 50));
        check(i + 1);
      }
    });
    while (freePlaces(spe, 'spu') < 16 && test.cycle < 100_000) {
      test.passUntil(test.cycle + 40);
      check(list.length);
    }
    expect(freePlaces(spe, 'spu')).toBe(16);
  }), { numRuns: 100 });
});
