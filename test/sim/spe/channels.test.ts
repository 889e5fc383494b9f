import { expect, test } from 'vitest';
import { CHANNEL } from '../../../src/sim/spe/assemblerNames.ts';
import { EVENT } from '../../../src/sim/spe/events.ts';
import { readOutboundInterruptMailbox, readOutboundMailbox, mailboxStatus, writeInboundMailbox } from '../../../src/sim/spe/mailbox.ts';
import { setInterruptMask } from '../../../src/sim/spe/interrupts.ts';
import { writeSignal } from '../../../src/sim/spe/signals.ts';
import { program, type SpuLine } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

const RUNNING = 0x1;
const WAITING = 0x9;

/** A machine that has run until it stopped or waited. */
function ran(...lines: SpuLine[]): SpeMachine {
  const machine = new SpeMachine();
  machine.load(0, program(...lines));
  machine.start(0);
  machine.run();
  return machine;
}

function counts(machine: SpeMachine): Record<string, number> {
  const used = Object.entries(CHANNEL);
  machine.load(0x1000, program(...used.map(([, number], i) => ['rchcnt', 10 + i, number] as const), ['stop', 0]));
  machine.start(0x1000);
  machine.run();
  return Object.fromEntries(used.map(([name], i) => [name, machine.registers.word(10 + i, 0)]));
}

test('a fresh SPE counts its channels as facts 3.1 and 6.3 say', () => {
  expect(counts(new SpeMachine())).toEqual({
    SPU_RdEventStat: 0, SPU_WrEventMask: 1, SPU_WrEventAck: 1, SPU_RdSigNotify1: 0, SPU_RdSigNotify2: 0,
    SPU_WrDec: 1, SPU_RdDec: 1, MFC_WrMSSyncReq: 1, SPU_RdEventMask: 1, MFC_RdTagMask: 1, SPU_RdMachStat: 1,
    SPU_WrSRR0: 1, SPU_RdSRR0: 1, MFC_LSA: 1, MFC_EAH: 1, MFC_EAL: 1, MFC_Size: 1, MFC_TagID: 1, MFC_Cmd: 16,
    MFC_WrTagMask: 1, MFC_WrTagUpdate: 1, MFC_RdTagStat: 0, MFC_RdListStallStat: 0, MFC_WrListStallAck: 1,
    MFC_RdAtomicStat: 0, SPU_WrOutMbox: 1, SPU_RdInMbox: 0, SPU_WrOutIntrMbox: 1,
  });
});

test('a channel that does not exist counts 0, and using it stops the SPU', () => {
  const machine = ran(['il', 3, -1], ['rchcnt', 3, 5], ['wrch', 5, 3]);
  expect(machine.registers.get(3)).toBe(0n);
  expect(machine.spe.state.run).toMatchObject({ status: 0x40, npc: 0xc });
  expect(machine.interrupts).toEqual(['class 0: 0x4']);
});

test.each([
  ['reading a channel for writing', ['rdch', 3, CHANNEL.SPU_WrOutMbox]],
  ['writing a channel for reading', ['wrch', CHANNEL.SPU_RdInMbox, 3]],
] as const)('%s stops the SPU', (_, line) => {
  expect(ran([...line]).spe.state.run.status).toBe(0x40);
});

test('an empty inbound mailbox makes the SPU wait, with the instruction undone, until mail comes', () => {
  const machine = ran(['il', 3, -1], ['rdch', 3, CHANNEL.SPU_RdInMbox], ['stop', 0]);
  expect(machine.spe.state.run.status).toBe(WAITING);
  expect(machine.registers.pc).toBe(4);
  expect(machine.registers.word(3, 0)).toBe(0xffff_ffff);
  expect(machine.run()).toBe(0);

  writeInboundMailbox(machine.spe, 0x8765_4321);
  expect(machine.wakes).toBe(2);
  expect(machine.spe.state.run.status).toBe(RUNNING);
  machine.run();
  expect(machine.registers.get(3)).toBe(0x8765_4321n << 96n);
});

test('a write to what an SPU waits for that does not help leaves it waiting', () => {
  const machine = ran(['rdch', 3, CHANNEL.SPU_RdInMbox], ['stop', 0]);
  writeSignal(machine.spe, 1, 5);
  machine.run();
  expect(machine.spe.state.run.status).toBe(WAITING);
});

test('the inbound mailbox holds four words in order and loses the newest when overrun', () => {
  const machine = new SpeMachine();
  for (const value of [1, 2, 3, 4, 5]) writeInboundMailbox(machine.spe, value);
  expect(mailboxStatus(machine.spe)).toBe(0x000000);
  machine.load(0, program(...[3, 4, 5, 6].map((register) => ['rdch', register, CHANNEL.SPU_RdInMbox] as const), ['stop', 0]));
  machine.start(0);
  machine.run();
  expect([3, 4, 5, 6].map((register) => machine.registers.word(register, 0))).toEqual([1, 2, 3, 5]);
  expect(mailboxStatus(machine.spe)).toBe(0x000400);
});

test('a full outbound mailbox makes the SPU wait until it is read', () => {
  const machine = ran(['il', 3, 1], ['il', 4, 2], ['wrch', CHANNEL.SPU_WrOutMbox, 3], ['wrch', CHANNEL.SPU_WrOutMbox, 4], ['stop', 0]);
  expect(machine.spe.state.run.status).toBe(WAITING);
  expect(mailboxStatus(machine.spe)).toBe(0x000401);
  expect(readOutboundMailbox(machine.spe)).toBe(1);
  machine.run();
  expect(readOutboundMailbox(machine.spe)).toBe(2);
  expect(readOutboundMailbox(machine.spe)).toBeUndefined();
});

test('the interrupting mailbox interrupts when its bit is enabled, also if it was full before', () => {
  const machine = ran(['il', 3, 7], ['wrch', CHANNEL.SPU_WrOutIntrMbox, 3], ['stop', 0]);
  expect(mailboxStatus(machine.spe)).toBe(0x010400);
  expect(machine.interrupts).toEqual(['class 2: 0x2']);
  setInterruptMask(machine.spe, 2, 0xf);
  expect(machine.interrupts).toEqual(['class 2: 0x2', 'class 2: 0x3']);
  expect(readOutboundInterruptMailbox(machine.spe)).toBe(7);
});

test('reading mail interrupts for space when the threshold bit is enabled', () => {
  const machine = new SpeMachine();
  for (const value of [1, 2, 3, 4]) writeInboundMailbox(machine.spe, value);
  setInterruptMask(machine.spe, 2, 0x1e);
  expect(machine.interrupts).toEqual([]);
  machine.load(0, program(['rdch', 3, CHANNEL.SPU_RdInMbox], ['br', 0]));
  machine.start(0);
  machine.run(10);
  expect(machine.interrupts).toEqual(['class 2: 0x10']);
});

test.each([
  ['overwrites', false, 0x0c],
  ['combines by OR', true, 0x0f],
])('a signal register %s', (_, orMode, value) => {
  const machine = new SpeMachine();
  machine.spe.state.signals[1].orMode = orMode;
  writeSignal(machine.spe, 2, 0x03);
  writeSignal(machine.spe, 2, 0x0c);
  machine.load(0, program(['rdch', 3, CHANNEL.SPU_RdSigNotify2], ['rchcnt', 4, CHANNEL.SPU_RdSigNotify2], ['rdch', 5, CHANNEL.SPU_RdSigNotify2]));
  machine.start(0);
  machine.run();
  expect(machine.registers.word(3, 0)).toBe(value);
  expect(machine.registers.word(4, 0)).toBe(0);
  expect(machine.spe.state.run.status).toBe(WAITING);
});

test('the decrementer goes down by one a cycle, exactly, within a run and across runs', () => {
  const machine = new SpeMachine();
  machine.load(0, program(
    ['il', 3, 1000], ['wrch', CHANNEL.SPU_WrDec, 3], ['nop', 0], ['rdch', 4, CHANNEL.SPU_RdDec], ['rdch', 5, CHANNEL.SPU_RdDec], ['br', -4],
  ));
  machine.start(0);
  machine.run(4);
  machine.run(1);
  expect(machine.registers.word(4, 0)).toBe(998);
  expect(machine.registers.word(5, 0)).toBe(997);
  machine.run(2);
  expect(machine.registers.word(5, 0)).toBe(995);
});

test('the decrementer raises its event when it passes below zero, which wakes a waiting SPU', () => {
  const machine = ran(
    ['il', 3, EVENT.decrementer], ['wrch', CHANNEL.SPU_WrEventMask, 3],
    ['il', 4, 500], ['wrch', CHANNEL.SPU_WrDec, 4],
    ['rdch', 5, CHANNEL.SPU_RdEventStat], ['rdch', 6, CHANNEL.SPU_RdDec], ['stop', 0],
  );
  // Written in cycle 3 with 500, it is -1 in cycle 3 + 501; the read that waited comes then, and rdch after it.
  expect(machine.registers.word(5, 0)).toBe(EVENT.decrementer);
  expect(machine.registers.word(6, 0)).toBe(0xffff_fffe);
  expect(machine.spe.state.run.status).toBe(0x2);
});

test('events that are not enabled stay pending until the mask lets them through', () => {
  const machine = new SpeMachine();
  writeInboundMailbox(machine.spe, 1);
  expect(machine.spe.state.events).toEqual({ pending: EVENT.inboundMailbox, mask: 0, count: 0 });
  machine.load(0, program(
    ['il', 3, EVENT.inboundMailbox], ['wrch', CHANNEL.SPU_WrEventMask, 3], ['rchcnt', 4, CHANNEL.SPU_RdEventStat],
    ['rdch', 5, CHANNEL.SPU_RdEventStat], ['rchcnt', 6, CHANNEL.SPU_RdEventStat],
    ['wrch', CHANNEL.SPU_WrEventAck, 5], ['rdch', 7, CHANNEL.SPU_RdEventMask], ['stop', 0],
  ));
  machine.start(0);
  machine.run();
  expect([4, 5, 6, 7].map((register) => machine.registers.word(register, 0))).toEqual([1, EVENT.inboundMailbox, 0, EVENT.inboundMailbox]);
  expect(machine.spe.state.events.pending).toBe(0);
});

test('another event of a kind that is pending already does not count again', () => {
  const machine = new SpeMachine();
  machine.spe.state.events.mask = EVENT.signal1;
  writeSignal(machine.spe, 1, 1);
  machine.load(0, program(['rdch', 3, CHANNEL.SPU_RdEventStat], ['rdch', 4, CHANNEL.SPU_RdSigNotify1], ['rdch', 5, CHANNEL.SPU_RdEventStat]));
  machine.start(0);
  machine.run();
  writeSignal(machine.spe, 1, 2);
  machine.run();
  expect(machine.spe.state.run.status).toBe(WAITING);
  expect(machine.registers.pc).toBe(8);
});

test('a multisource synchronisation is done at once', () => {
  const machine = ran(['wrch', CHANNEL.MFC_WrMSSyncReq, 3], ['stop', 0]);
  expect(machine.spe.state.events.pending).toBe(EVENT.multisourceSync);
});
