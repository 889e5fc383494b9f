import { expect, test } from 'vitest';
import { newContext, restoreContext, saveContext, savedSpe } from '../../../src/sim/spe/context.ts';
import { PROBLEM_STATE, readProblemState, writeProblemState } from '../../../src/sim/spe/problemState.ts';
import { readDecrementer } from '../../../src/sim/spe/decrementer.ts';
import { SPU_STATE_BYTES } from '../../../src/sim/spe/layout.ts';
import { program, type SpuLine } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

test('a new context has the initial channel counts and mailbox status of facts 3.1', () => {
  const spe = savedSpe(newContext());
  expect(readProblemState(spe, PROBLEM_STATE.mailboxStatus)).toBe(0x000400);
  expect(readProblemState(spe, PROBLEM_STATE.runControl)).toBe(0);
  expect(readProblemState(spe, PROBLEM_STATE.dmaQueueStatus)).toBe(0x8000_0008);
});

test('a context that was taken off in a loop goes on elsewhere as if nothing had happened', () => {
  const lines: SpuLine[] = [['ai', 3, 3, 1], ['a', 4, 4, 3], ['wrch', 7, 4], ['rdch', 5, 8], ['br', -16]];
  const straight = new SpeMachine();
  straight.load(0, program(...lines));
  straight.start(0);
  straight.run(777);

  const first = new SpeMachine();
  first.load(0, program(...lines));
  first.start(0);
  first.run(333);
  const saved = structuredClone(saveContext(first.spe));
  expect(first.spe.state.run.status).toBe(0);
  expect(first.registers.bytes.every((byte) => byte === 0)).toBe(true);

  const second = new SpeMachine();
  second.load(0, program(...lines));
  second.cycle = first.cycle;
  restoreContext(second.spe, saved, second.cycle);
  expect(second.wakes).toBe(1);
  second.run(444);
  expect(second.registers.bytes).toEqual(straight.registers.bytes);
  expect(second.spe.state.decrementer).toEqual(straight.spe.state.decrementer);
});

test('mail that comes while the context is saved is there when it runs again', () => {
  const machine = new SpeMachine();
  machine.load(0, program(['rdch', 3, 29], ['wrch', 28, 3], ['stop', 0]));
  machine.start(0);
  machine.run();
  const saved = saveContext(machine.spe);
  const backing = savedSpe(saved);
  writeProblemState(backing, PROBLEM_STATE.inboundMailbox, 77, machine.cycle);
  expect(readProblemState(backing, PROBLEM_STATE.mailboxStatus)).toBe(0x000300);
  restoreContext(machine.spe, saved, machine.cycle);
  machine.run();
  expect(readProblemState(machine.spe, PROBLEM_STATE.outboundMailbox)).toBe(77);
});

test('run control on a saved context takes effect when it is restored', () => {
  const machine = new SpeMachine();
  machine.load(0x80, program(['il', 3, 5], ['stop', 9]));
  const context = newContext();
  const backing = savedSpe(context);
  writeProblemState(backing, PROBLEM_STATE.nextProgramCounter, 0x80, 0);
  writeProblemState(backing, PROBLEM_STATE.runControl, 1, 0);
  expect(readProblemState(backing, PROBLEM_STATE.status)).toBe(1);
  expect(machine.run()).toBe(0);
  restoreContext(machine.spe, context, 0);
  machine.run();
  expect(machine.registers.word(3, 0)).toBe(5);
  expect(machine.spe.state.run.status).toBe(0x9_0002);
});

test('a decrementer that runs out while the context is saved raises its event at the restore', () => {
  const machine = new SpeMachine();
  machine.load(0, program(['il', 3, 0x20], ['wrch', 1, 3], ['il', 4, 100], ['wrch', 7, 4], ['rdch', 5, 0], ['stop', 0]));
  machine.start(0);
  machine.run(4);
  machine.run(1);
  const saved = saveContext(machine.spe);
  restoreContext(machine.spe, saved, 5000);
  machine.cycle = 5000;
  machine.run();
  expect(machine.registers.word(5, 0)).toBe(0x20);
  // Written in cycle 3 with 100; 5000 cycles after the start, one instruction later at the latest.
  expect(readDecrementer(machine.spe, 5000)).toBe((100 - (5000 - 3)) >>> 0);
});

test('a transfer in flight goes on after save and restore', () => {
  const machine = new SpeMachine();
  machine.pages.set(5, 1);
  machine.ramBytes(1).fill(3);
  writeProblemState(machine.spe, PROBLEM_STATE.mfcEaLow, 0x5000, 0);
  writeProblemState(machine.spe, PROBLEM_STATE.mfcLsa, 0x1000, 0);
  writeProblemState(machine.spe, PROBLEM_STATE.mfcSizeTag, 2048 << 16, 0);
  writeProblemState(machine.spe, PROBLEM_STATE.mfcClassCommand, 0x40, 0);
  machine.passUntil(200 + 1024 / 8);
  const saved = structuredClone(saveContext(machine.spe));
  expect(saved.state.mfc.queues.proxy.commands.map(({ transferred }) => transferred)).toEqual([1024]);
  machine.passUntil(1000);
  expect(machine.localBytes(0x1400, 1)[0]).toBe(0);
  restoreContext(machine.spe, saved, 1000);
  machine.passUntil(2000);
  expect(machine.localBytes(0x1000, 2048).every((byte) => byte === 3)).toBe(true);
});

test('the registers of a saved context can be read and written', () => {
  const context = newContext();
  savedSpe(context).registers.set(5, 0x0123_4567_89ab_cdef_0011_2233_4455_6677n);
  const { registers } = savedSpe(context);
  expect(registers.word(5, 0)).toBe(0x0123_4567);
  expect(registers.word(5, 3)).toBe(0x4455_6677);
  expect(context.registers).toHaveLength(SPU_STATE_BYTES);
});
