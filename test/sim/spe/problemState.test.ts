import { expect, test } from 'vitest';
import { setInterruptMask } from '../../../src/sim/spe/interrupts.ts';
import { PROBLEM_STATE, PROBLEM_STATE_BYTES, readProblemState, writeProblemState } from '../../../src/sim/spe/problemState.ts';
import { program } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

const GET = 0x40;
const EA = 0x5000;

const read = (machine: SpeMachine, offset: number): number => readProblemState(machine.spe, offset);
const write = (machine: SpeMachine, offset: number, value: number): void => { writeProblemState(machine.spe, offset, value, machine.cycle); };

function proxy(machine: SpeMachine, opcode: number, tag = 0): number {
  write(machine, PROBLEM_STATE.mfcLsa, 0x1000);
  write(machine, PROBLEM_STATE.mfcEaHigh, 0);
  write(machine, PROBLEM_STATE.mfcEaLow, EA);
  write(machine, PROBLEM_STATE.mfcSizeTag, (64 << 16) | tag);
  write(machine, PROBLEM_STATE.mfcClassCommand, opcode);
  return read(machine, PROBLEM_STATE.mfcClassCommand);
}

function machineWithPage(): SpeMachine {
  const machine = new SpeMachine();
  machine.pages.set(EA >>> 12, 1);
  machine.ramBytes(1).fill(7);
  return machine;
}

test('words pass through the mailboxes, and the status word counts them', () => {
  const machine = new SpeMachine();
  machine.load(0, program(['rdch', 3, 29], ['wrch', 28, 3], ['wrch', 30, 3], ['stop', 0]));
  write(machine, PROBLEM_STATE.inboundMailbox, 0xcafe_f00d);
  expect(read(machine, PROBLEM_STATE.mailboxStatus)).toBe(0x000300);
  write(machine, PROBLEM_STATE.nextProgramCounter, 0);
  write(machine, PROBLEM_STATE.runControl, 1);
  expect(read(machine, PROBLEM_STATE.status)).toBe(1);
  expect(read(machine, PROBLEM_STATE.runControl)).toBe(1);
  machine.run();
  expect(read(machine, PROBLEM_STATE.status)).toBe(0x2);
  expect(read(machine, PROBLEM_STATE.runControl)).toBe(0);
  expect(read(machine, PROBLEM_STATE.nextProgramCounter)).toBe(0x10);
  expect(read(machine, PROBLEM_STATE.mailboxStatus)).toBe(0x010401);
  expect(read(machine, PROBLEM_STATE.outboundMailbox)).toBe(0xcafe_f00d);
  expect(read(machine, PROBLEM_STATE.outboundMailbox)).toBe(0);
});

test('signal registers are written, and reading them changes nothing', () => {
  const machine = new SpeMachine();
  write(machine, PROBLEM_STATE.signal1, 1);
  write(machine, PROBLEM_STATE.signal2, 2);
  expect([read(machine, PROBLEM_STATE.signal1), read(machine, PROBLEM_STATE.signal1), read(machine, PROBLEM_STATE.signal2)]).toEqual([1, 1, 2]);
});

test('proxy commands move data, and a query interrupts when their groups are done', () => {
  const machine = machineWithPage();
  setInterruptMask(machine.spe, 2, 0x8);
  expect(read(machine, PROBLEM_STATE.dmaQueueStatus)).toBe(0x8000_0008);
  expect(proxy(machine, GET, 5)).toBe(0);
  expect(read(machine, PROBLEM_STATE.dmaQueueStatus)).toBe(0x0000_0007);
  write(machine, PROBLEM_STATE.proxyQueryMask, 1 << 5);
  write(machine, PROBLEM_STATE.proxyQueryType, 2);
  expect(read(machine, PROBLEM_STATE.proxyTagStatus)).toBe(0);
  expect(machine.interrupts).toEqual([]);
  machine.passUntil(1000);
  expect(machine.interrupts).toEqual(['class 2: 0x8']);
  expect(read(machine, PROBLEM_STATE.proxyTagStatus)).toBe(1 << 5);
  expect(machine.localBytes(0x1000, 64).every((byte) => byte === 7)).toBe(true);
});

test('a ninth proxy command is refused with status 2', () => {
  const machine = machineWithPage();
  expect(Array.from({ length: 9 }, () => proxy(machine, GET))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 2]);
  expect(read(machine, PROBLEM_STATE.dmaQueueStatus)).toBe(0);
});

test('gets starts the SPU when its data is there', () => {
  const machine = machineWithPage();
  machine.load(0x40, program(['lqa', 3, 0x1000], ['stop', 0]));
  write(machine, PROBLEM_STATE.nextProgramCounter, 0x40);
  proxy(machine, GET | 0x08);
  machine.passUntil(100);
  expect(read(machine, PROBLEM_STATE.status)).toBe(0);
  machine.passUntil(1000);
  machine.run();
  expect(machine.registers.word(3, 0)).toBe(0x0707_0707);
});

test('a fault of one queue leaves the other its way', () => {
  const machine = machineWithPage();
  proxy(machine, GET);
  machine.spe.state.mfc.queues.spu.stopped = true;
  machine.passUntil(1000);
  expect(machine.localBytes(0x1000, 1)[0]).toBe(7);
});

test('faults of both queues are told one after the other', () => {
  const machine = new SpeMachine();
  proxy(machine, GET);
  write(machine, PROBLEM_STATE.mfcEaLow, EA);
  machine.load(0, program(['il', 3, 16], ['wrch', 19, 3], ['il', 4, GET], ['wrch', 21, 4], ['stop', 0]));
  machine.start(0);
  machine.run();
  machine.passUntil(1000);
  expect(machine.interrupts).toEqual(['class 2: 0x2', 'class 1: 0x2']);
  expect(machine.spe.state.mfc.dar).toBe(BigInt(EA));
});

test('offsets without a register read as 0 and ignore writes', () => {
  const machine = new SpeMachine();
  const before = structuredClone(machine.spe.state);
  const registers = new Set<number>(Object.values(PROBLEM_STATE));
  for (let offset = 0; offset < PROBLEM_STATE_BYTES; offset += 4) {
    if (registers.has(offset)) continue;
    write(machine, offset, 0xffff_ffff);
    expect(read(machine, offset)).toBe(0);
  }
  expect(machine.spe.state).toEqual(before);
});
