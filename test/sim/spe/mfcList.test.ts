import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHANNEL } from '../../../src/sim/spe/assemblerNames.ts';
import { channelCount, writeChannel } from '../../../src/sim/spe/channels.ts';
import { saveContext, restoreContext } from '../../../src/sim/spe/context.ts';
import { EVENT } from '../../../src/sim/spe/events.ts';
import { restartDma } from '../../../src/sim/spe/mfc.ts';
import { BUS_BYTES, COMMAND_LATENCY } from '../../../src/sim/spe/mfcQueue.ts';
import { PROBLEM_STATE, writeProblemState } from '../../../src/sim/spe/problemState.ts';
import { type Command, EA, enter, FRAME, machineWithPage, PAGE_NUMBER, tagStatus, take } from '../../support/mfcCommands.ts';
import type { SpeMachine } from '../../support/speMachine.ts';

const GETL = 0x44;
const GETLB = 0x45;
const GETLF = 0x46;
const PUTL = 0x24;
const GET = 0x40;
const GETF = 0x42;
const LIST = 0x100;
const DATA = 0x1000;
const STALL = 0x8000_0000;
const IMMEDIATE = 0;

type Element = readonly [size: number, ea: number, flag?: number];

function writeList(machine: SpeMachine, elements: readonly Element[], at = LIST): void {
  machine.load(at, elements.flatMap(([size, ea, flag = 0]) => [(flag | size) >>> 0, ea]));
}

function enterList(machine: SpeMachine, opcode: number, elements: readonly Element[], command: Partial<Command> = {}): void {
  writeList(machine, elements);
  enter(machine, { opcode, lsa: DATA, ea: LIST, size: elements.length * 8, tag: 1, ...command });
}

const isDone = (machine: SpeMachine): boolean => tagStatus(machine, 1 << 1, IMMEDIATE) === 1 << 1;
const ack = (machine: SpeMachine, tag: number): void => { writeChannel(machine.spe, CHANNEL.MFC_WrListStallAck, tag, machine.cycle); };

describe('a list command', () => {
  test('gathers its elements behind each other', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, [[32, EA + 0x100], [0, EA], [16, EA + 0x40], [64, EA + 0xc0]]);
    machine.passUntil(1000);
    const expected = [[0x00, 32], [0x40, 16], [0xc0, 64]].flatMap(([from = 0, count]) => Array.from({ length: count ?? 0 }, (_, i) => from + i));
    expect([...machine.localBytes(DATA, 112)]).toEqual(expected);
    expect(isDone(machine)).toBe(true);
  });

  test('scatters them', () => {
    const machine = machineWithPage();
    machine.localBytes(DATA, 48).fill(0xee);
    enterList(machine, PUTL, [[16, EA + 0x20], [32, EA + 0x80]]);
    machine.passUntil(1000);
    const changed = [...machine.ramBytes(FRAME)].flatMap((byte, i) => (byte === i % 256 ? [] : [i]));
    expect(changed).toEqual([...Array.from({ length: 16 }, (_, i) => 0x20 + i), ...Array.from({ length: 32 }, (_, i) => 0x80 + i)]);
  });

  test('puts an element below 16 bytes where it is in its quadword, and the next one into the next quadword', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, [[4, EA + 0x24], [8, EA + 0x38], [1, EA + 0x4f], [16, EA + 0x50]], { lsa: DATA + 4 });
    machine.passUntil(1000);
    const expected = Array<number>(64).fill(0);
    expected.splice(4, 4, 0x24, 0x25, 0x26, 0x27);
    expected.splice(24, 8, ...Array.from({ length: 8 }, (_, i) => 0x38 + i));
    expected.splice(47, 1, 0x4f);
    expected.splice(48, 16, ...Array.from({ length: 16 }, (_, i) => 0x50 + i));
    expect([...machine.localBytes(DATA, 64)]).toEqual(expected);
  });

  test('without elements is done after its latency', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, []);
    machine.passUntil(COMMAND_LATENCY - 1);
    expect(isDone(machine)).toBe(false);
    machine.passUntil(COMMAND_LATENCY);
    expect(isDone(machine)).toBe(true);
  });

  test('of 2048 elements is the longest', () => {
    const machine = machineWithPage();
    const elements = Array.from({ length: 2048 }, (_, i): Element => [16, EA + 16 * (i % 256)]);
    enterList(machine, GETL, elements, { lsa: 0x8000 });
    machine.passUntil(COMMAND_LATENCY + 2048 * 16 / BUS_BYTES);
    expect(isDone(machine)).toBe(true);
    expect([...machine.localBytes(0x8000 + 2047 * 16, 16)]).toEqual(Array.from({ length: 16 }, (_, i) => 0xf0 + i));
    expect(machine.interrupts).toEqual([]);
  });

  test('keeps its elements in the 4 GiB of MFC_EAH', () => {
    const machine = machineWithPage();
    machine.pages.set(0x1f_ffff, 5);
    machine.pages.set(0x10_0000, 6);
    machine.ramBytes(5).fill(5);
    machine.ramBytes(6).fill(6);
    enterList(machine, GETL, [[32, 0xffff_fff0]], { eaHigh: 1 });
    machine.passUntil(1000);
    expect([...machine.localBytes(DATA, 32)]).toEqual([...Array<number>(16).fill(5), ...Array<number>(16).fill(6)]);
  });

  test.each<readonly [string, Partial<Command>, readonly Element[]]>([
    ['a list off a doubleword', { ea: LIST + 4 }, [[16, EA]]],
    ['a list of 12 bytes', { size: 12 }, [[16, EA], [16, EA]]],
    ['a list of more than 2048 elements', { size: 16392 }, [[16, EA]]],
    ['an element of 24 bytes', {}, [[24, EA]]],
    ['an element of more than 16 KiB', {}, [[0x4010, EA]]],
    ['a word off its boundary', {}, [[4, EA + 2]]],
    ['quadwords off their boundary', {}, [[32, EA + 8]]],
  ])('with %s is an alignment error', (_, command, elements) => {
    const machine = machineWithPage();
    enterList(machine, GETL, elements, command);
    machine.passUntil(1000);
    expect(machine.interrupts).toEqual(['class 0: 0x1']);
    expect(isDone(machine)).toBe(false);
  });

  test('does what comes before a bad element', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, [[16, EA + 0x10], [3, EA], [16, EA]]);
    machine.passUntil(1000);
    expect(machine.interrupts).toEqual(['class 0: 0x1']);
    expect(machine.localBytes(DATA, 1)).toEqual(Uint8Array.of(0x10));
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0));
  });

  test('cannot come from the PPE', () => {
    const machine = machineWithPage();
    writeProblemState(machine.spe, PROBLEM_STATE.mfcClassCommand, GETL, 0);
    expect(machine.interrupts).toEqual(['class 0: 0x2']);
  });

  test('that faults in an element goes on there', () => {
    const machine = machineWithPage();
    enterList(machine, PUTL, [[128, EA], [256, EA + 0xf80], [16, EA + 0x400]]);
    machine.localBytes(DATA, 400).fill(0x77);
    machine.passUntil(2000);
    expect(machine.spe.state.mfc).toMatchObject({ dar: BigInt(EA + 0x1000), faulted: 0 });
    expect(machine.spe.state.mfc.queues.spu.commands[0]).toMatchObject({ transferred: 128, list: { element: { size: 256 }, bytes: 8 } });
    machine.pages.set(PAGE_NUMBER + 1, 9);
    restartDma(machine.spe, machine.cycle);
    machine.passUntil(3000);
    expect(machine.ramBytes(9)[0x7f]).toBe(0x77);
    expect(machine.ramBytes(9)[0x80]).toBe(0);
    expect(machine.ramBytes(FRAME)[0x40f]).toBe(0x77);
    expect(isDone(machine)).toBe(true);
    expect(machine.interrupts).toEqual(['class 1: 0x2']);
  });

  test.each([
    ['with a fence waits for its group', GETLF, [0, 1]],
    ['without one overtakes', GETL, [1, 0]],
    ['with a barrier waits for its group', GETLB, [0, 1]],
  ])('%s', (_, opcode, order) => {
    const machine = machineWithPage();
    enter(machine, { opcode: GET, lsa: 0x4000, size: 4096, tag: 1 });
    enterList(machine, opcode, [[16, EA]]);
    const first = machine.spe.state.mfc.queues.spu.commands.map(({ id }) => id);
    while (machine.spe.state.mfc.queues.spu.commands.length === 2) machine.passUntil(machine.cycle + 1);
    const [left] = machine.spe.state.mfc.queues.spu.commands.map(({ id }) => id);
    expect([first.find((id) => id !== left), left]).toEqual(order);
  });
});

describe('stall and notify', () => {
  const elements: readonly Element[] = [[16, EA + 0x10, STALL], [16, EA + 0x20], [16, EA + 0x30, STALL]];

  test('stops the list after the element until its tag is acknowledged; what comes then may be written meanwhile', () => {
    const machine = machineWithPage();
    expect(channelCount(machine.spe, CHANNEL.MFC_RdListStallStat)).toBe(0);
    enterList(machine, GETL, elements);
    machine.passUntil(2000);
    expect(machine.localBytes(DATA, 1)).toEqual(Uint8Array.of(0x10));
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0));
    expect(machine.spe.state.events.pending & EVENT.listStall).toBe(EVENT.listStall);
    expect(channelCount(machine.spe, CHANNEL.MFC_RdListStallStat)).toBe(1);
    expect(take(machine, CHANNEL.MFC_RdListStallStat)).toBe(1 << 1);
    expect(take(machine, CHANNEL.MFC_RdListStallStat)).toBeUndefined();
    expect(isDone(machine)).toBe(false);

    machine.load(LIST + 8, [16, EA + 0x80]);
    ack(machine, 2);
    machine.passUntil(3000);
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0));
    ack(machine, 1);
    machine.passUntil(3000 + 16 / BUS_BYTES - 1);
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0));
    machine.passUntil(4000);
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0x80));
    expect(machine.localBytes(DATA + 32, 1)).toEqual(Uint8Array.of(0x30));
    expect(isDone(machine)).toBe(true);
  });

  test('of the last element stops nothing', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, [[16, EA, STALL]]);
    machine.passUntil(1000);
    expect(isDone(machine)).toBe(true);
    expect(take(machine, CHANNEL.MFC_RdListStallStat)).toBeUndefined();
  });

  test('gathers the tags of several lists; the event comes with the first', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, elements);
    machine.passUntil(500);
    writeChannel(machine.spe, CHANNEL.SPU_WrEventAck, EVENT.listStall, 500);
    enterList(machine, GETL, elements, { tag: 31 });
    machine.passUntil(1000);
    expect(machine.spe.state.events.pending & EVENT.listStall).toBe(0);
    expect(take(machine, CHANNEL.MFC_RdListStallStat)).toBe(0x8000_0002);
  });

  test('lets other commands pass, but not those behind a fence', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, elements);
    enter(machine, { opcode: GET, tag: 1, lsa: 0x4000, size: 16 });
    enter(machine, { opcode: GETF, tag: 1, lsa: 0x5000, size: 16 });
    machine.passUntil(2000);
    expect(machine.spe.state.mfc.queues.spu.commands.map(({ id }) => id)).toEqual([0, 2]);
  });

  test('is kept while the context is off its SPE', () => {
    const machine = machineWithPage();
    enterList(machine, GETL, elements);
    machine.passUntil(1000);
    const saved = structuredClone(saveContext(machine.spe));
    restoreContext(machine.spe, saved, 5000);
    machine.passUntil(6000);
    expect(take(machine, CHANNEL.MFC_RdListStallStat)).toBe(1 << 1);
    ack(machine, 1);
    machine.passUntil(7000);
    expect(machine.localBytes(DATA + 16, 1)).toEqual(Uint8Array.of(0x20));
  });
});

const element = fc.record({
  quads: fc.nat(20), ea: fc.nat(200).map((quad) => quad * 16), stalls: fc.boolean(),
});

test('a list gives what its elements give one after the other, whatever stalls, faults and saves', () => {
  fc.assert(fc.property(fc.array(element, { minLength: 1, maxLength: 20 }), fc.boolean(), fc.boolean(), (parts, faults, saves) => {
    const machine = machineWithPage();
    if (faults) machine.pages.clear();
    enterList(machine, GETL, parts.map(({ quads, ea, stalls }) => [quads * 16, EA + ea, stalls ? STALL : 0]));
    for (let round = 0; round < 30 && machine.spe.state.mfc.queues.spu.commands.length > 0; round += 1) {
      machine.passUntil(machine.cycle + 700);
      if (saves) restoreContext(machine.spe, structuredClone(saveContext(machine.spe)), machine.cycle);
      machine.pages.set(PAGE_NUMBER, FRAME);
      if (machine.spe.state.mfc.faulted !== undefined) restartDma(machine.spe, machine.cycle);
      if (take(machine, CHANNEL.MFC_RdListStallStat) !== undefined) ack(machine, 1);
    }
    const expected = parts.flatMap(({ quads, ea }) => [...machine.ramBytes(FRAME).subarray(ea, ea + quads * 16)]);
    expect([...machine.localBytes(DATA, expected.length)]).toEqual(expected);
    expect(isDone(machine)).toBe(true);
  }), { numRuns: 60 });
});
