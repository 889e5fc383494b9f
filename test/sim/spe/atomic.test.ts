import { describe, expect, test } from 'vitest';
import { takeReservations } from '../../../src/sim/spe/atomic.ts';
import { CHANNEL } from '../../../src/sim/spe/assemblerNames.ts';
import { channelCount } from '../../../src/sim/spe/channels.ts';
import { restoreContext, saveContext } from '../../../src/sim/spe/context.ts';
import { EVENT } from '../../../src/sim/spe/events.ts';
import { MFC_DSISR, restartDma } from '../../../src/sim/spe/mfc.ts';
import { BUS_BYTES, COMMAND_LATENCY } from '../../../src/sim/spe/mfcQueue.ts';
import { EA, enter, FRAME, machineWithPage, PAGE_NUMBER, tagStatus, take } from '../../support/mfcCommands.ts';
import { program } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

const GETLLAR = 0xd0;
const PUTLLC = 0xb4;
const PUTLLUC = 0xb0;
const PUTQLLUC = 0xb8;
const GET = 0x40;
const PUT = 0x20;
/** MFC_RdAtomicStat (CBE Architecture 1.02, chapter 9): success of putllc is 0. */
const LOST = 1;
const UNCONDITIONAL = 2;
const RESERVED = 4;
const LINE = EA + 0x280;
const STALL = 1;

function atomic(machine: SpeMachine, opcode: number, ea = LINE): number | undefined {
  enter(machine, { opcode, ea, size: 128 });
  machine.passUntil(machine.cycle + 1000);
  return take(machine, CHANNEL.MFC_RdAtomicStat);
}

const lineInMemory = (machine: SpeMachine, ea = LINE): Uint8Array => machine.ramBytes(FRAME).subarray(ea - EA, ea - EA + 128);
const fillLocal = (machine: SpeMachine, byte: number): void => { machine.localBytes(0x1000, 128).fill(byte); };
const others = (machine: SpeMachine, offset: number, bytes: number): void => { takeReservations([machine.spe], machine.layout.ram + FRAME * 4096 + offset, bytes); };
const lineLost = (machine: SpeMachine): boolean => (machine.spe.state.events.pending & EVENT.lockLineLost) !== 0;

describe('lock lines', () => {
  test('getllar brings the line and asks for its stores to be seen; the putllc after it stores', () => {
    const machine = machineWithPage();
    expect(atomic(machine, GETLLAR)).toBe(RESERVED);
    expect([...machine.localBytes(0x1000, 128)]).toEqual(Array.from({ length: 128 }, (_, i) => 0x80 + i));
    expect(machine.watchedLines).toEqual([machine.layout.ram + FRAME * 4096 + 0x280]);
    fillLocal(machine, 0x5a);
    expect(atomic(machine, PUTLLC)).toBe(0);
    expect(lineInMemory(machine).every((byte) => byte === 0x5a)).toBe(true);
    expect(lineLost(machine)).toBe(false);
  });

  test('the low bits of the addresses do not count, nor do size and tag', () => {
    const machine = machineWithPage();
    enter(machine, { opcode: GETLLAR, lsa: 0x1011, ea: LINE + 0x11, size: 3, tag: 99 });
    machine.passUntil(1000);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBe(RESERVED);
    expect([...machine.localBytes(0x1000, 128)]).toEqual(Array.from({ length: 128 }, (_, i) => 0x80 + i));
  });

  test('a second putllc has no reservation any more', () => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    expect(atomic(machine, PUTLLC)).toBe(0);
    fillLocal(machine, 0x11);
    expect(atomic(machine, PUTLLC)).toBe(LOST);
    expect(lineInMemory(machine)[0]).toBe(0x80);
  });

  test.each([
    ['its first byte', 0x280, 1, true],
    ['its last byte', 0x2ff, 1, true],
    ['a range around it', 0x200, 0x200, true],
    ['the byte before it', 0x27f, 1, false],
    ['the byte behind it', 0x300, 1, false],
  ])('a write to %s', (_, offset, bytes, loses) => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    others(machine, offset, bytes);
    expect(lineLost(machine)).toBe(loses);
    expect(atomic(machine, PUTLLC)).toBe(loses ? LOST : 0);
  });

  test('a reservation is lost to a put of the same SPE too, and replaced without an event', () => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    atomic(machine, GETLLAR, LINE + 128);
    others(machine, 0x280, 128);
    expect(lineLost(machine)).toBe(false);
    enter(machine, { opcode: PUT, lsa: 0x2000, ea: LINE + 128, size: 16 });
    machine.passUntil(machine.cycle + 1000);
    expect(lineLost(machine)).toBe(true);
  });

  test('a putllc to another line fails and gives the reservation back', () => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    expect(atomic(machine, PUTLLC, LINE + 128)).toBe(LOST);
    expect(atomic(machine, PUTLLC)).toBe(LOST);
    expect(lineLost(machine)).toBe(false);
  });

  test('putlluc stores without a reservation, and uses up one of its line', () => {
    const machine = machineWithPage();
    fillLocal(machine, 0x33);
    expect(atomic(machine, PUTLLUC)).toBe(UNCONDITIONAL);
    expect(lineInMemory(machine).every((byte) => byte === 0x33)).toBe(true);
    atomic(machine, GETLLAR);
    expect(atomic(machine, PUTLLUC)).toBe(UNCONDITIONAL);
    expect(lineLost(machine)).toBe(false);
    expect(atomic(machine, PUTLLC)).toBe(LOST);
  });

  test('putlluc to another line keeps the reservation', () => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    atomic(machine, PUTLLUC, LINE + 128);
    expect(atomic(machine, PUTLLC)).toBe(0);
  });

  test('putqlluc waits for its tag group, and tells nobody but the group', () => {
    const machine = machineWithPage();
    fillLocal(machine, 0x44);
    enter(machine, { opcode: GET, lsa: 0x2000, size: 1024, tag: 3 });
    enter(machine, { opcode: PUTQLLUC, ea: LINE, tag: 3 });
    machine.passUntil(COMMAND_LATENCY + 1024 / BUS_BYTES);
    expect(lineInMemory(machine)[0]).toBe(0x80);
    expect(tagStatus(machine, 1 << 3, 0)).toBe(0);
    machine.passUntil(COMMAND_LATENCY + (1024 + 128) / BUS_BYTES);
    expect(lineInMemory(machine)[0]).toBe(0x44);
    expect(tagStatus(machine, 1 << 3, 0)).toBe(1 << 3);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBeUndefined();
  });

  test('the immediate ones take no place of the queue and wait for nothing in it', () => {
    const machine = machineWithPage();
    for (let i = 0; i < 16; i += 1) enter(machine, { opcode: i === 0 ? 0xc0 : GET, lsa: 0x2000, size: 2048 });
    expect(channelCount(machine.spe, CHANNEL.MFC_Cmd)).toBe(0);
    expect(enter(machine, { opcode: GETLLAR, ea: LINE })).toBe(0);
    machine.passUntil(COMMAND_LATENCY + 128 / BUS_BYTES);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBe(RESERVED);
  });

  test('one waits for the one before; the status is that of the last', () => {
    const machine = machineWithPage();
    enter(machine, { opcode: GETLLAR, ea: LINE });
    expect(enter(machine, { opcode: PUTLLC, ea: LINE })).toBe(STALL);
    machine.passUntil(1000);
    expect(enter(machine, { opcode: PUTLLC, ea: LINE })).toBe(0);
    machine.passUntil(2000);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBe(0);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBeUndefined();
  });

  test('an SPU that waits for the status, or to enter the next command, goes on', () => {
    const machine = machineWithPage();
    Object.assign(machine.spe.state.mfc.parameters, { lsa: 0x1000, eaLow: LINE, size: 128 });
    machine.load(0, program(
      ['il', 3, GETLLAR], ['il', 4, PUTLLC], ['wrch', CHANNEL.MFC_Cmd, 3], ['wrch', CHANNEL.MFC_Cmd, 4],
      ['rdch', 5, CHANNEL.MFC_RdAtomicStat], ['rdch', 6, CHANNEL.MFC_RdAtomicStat], ['stop', 0],
    ));
    machine.start(0);
    machine.run();
    expect(machine.registers.word(5, 0)).toBe(RESERVED);
    expect(machine.registers.word(6, 0)).toBe(0);
    expect(machine.cycle).toBeGreaterThan(2 * COMMAND_LATENCY);
  });

  test('a page that is missing is a storage fault that says atomic, and a restart does the command', () => {
    const machine = machineWithPage();
    machine.pages.clear();
    enter(machine, { opcode: PUTLLUC, ea: LINE });
    machine.passUntil(1000);
    expect(machine.spe.state.mfc).toMatchObject({ dar: BigInt(LINE), dsisr: MFC_DSISR.notFound | MFC_DSISR.atomic | MFC_DSISR.put });
    expect(enter(machine, { opcode: GETLLAR, ea: LINE })).toBe(STALL);
    machine.pages.set(PAGE_NUMBER, FRAME);
    restartDma(machine.spe, 1000);
    machine.passUntil(2000);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBe(UNCONDITIONAL);
  });

  test('registers of an SPE cannot be a lock line', () => {
    const machine = new SpeMachine();
    machine.registerPages.set(PAGE_NUMBER, 0);
    enter(machine, { opcode: GETLLAR, ea: LINE });
    machine.passUntil(1000);
    expect(machine.interrupts).toEqual(['class 1: 0x2']);
    expect(machine.spe.state.mfc.dsisr).toBe(MFC_DSISR.atomic);
  });

  test('a context that comes back to an SPE has lost its line, and is told so as Linux does', () => {
    const machine = machineWithPage();
    atomic(machine, GETLLAR);
    const saved = saveContext(machine.spe);
    expect(machine.spe.state.mfc.reservation).toBeUndefined();
    restoreContext(machine.spe, structuredClone(saved), machine.cycle);
    expect(lineLost(machine)).toBe(true);
    expect(atomic(machine, PUTLLC)).toBe(LOST);
  });

  test('a status that nobody has read is kept while the context is off its SPE', () => {
    const machine = machineWithPage();
    enter(machine, { opcode: GETLLAR, ea: LINE });
    machine.passUntil(1000);
    restoreContext(machine.spe, structuredClone(saveContext(machine.spe)), 1000);
    expect(take(machine, CHANNEL.MFC_RdAtomicStat)).toBe(RESERVED);
  });
});

describe('other commands', () => {
  const SNDSIG = 0xa0;
  const SDCRZ = 0x89;

  test('sndsig puts a word to a register', () => {
    const machine = new SpeMachine();
    machine.registerPages.set(PAGE_NUMBER, 0);
    machine.localBytes(0x100c, 4).set([1, 2, 3, 4]);
    enter(machine, { opcode: SNDSIG, lsa: 0x100c, ea: EA + 0xc, size: 4 });
    machine.passUntil(1000);
    expect([...machine.registerBytes.subarray(8, 20)]).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0]);
  });

  test.each([['of another size', { size: 8 }], ['off its word', { ea: EA + 2, lsa: 0x1002 }], ['elsewhere in the quadword', { lsa: 0x1004 }]])(
    'sndsig %s is an alignment error', (_, command) => {
      const machine = machineWithPage();
      enter(machine, { opcode: SNDSIG, size: 4, ...command });
      expect(machine.interrupts).toEqual(['class 0: 0x1']);
    });

  test.each([['sndsigf', 0xa2], ['sndsigb', 0xa1]])('%s waits for its group', (_, opcode) => {
    const machine = machineWithPage();
    machine.localBytes(0x1000, 4).fill(0xff);
    enter(machine, { opcode: GET, lsa: 0x2000, size: 1024, tag: 3 });
    enter(machine, { opcode, size: 4, tag: 3 });
    machine.passUntil(COMMAND_LATENCY + 1024 / BUS_BYTES);
    expect(machine.ramBytes(FRAME)[0]).toBe(0);
    machine.passUntil(1000);
    expect(machine.ramBytes(FRAME)[0]).toBe(0xff);
  });

  test('sdcrz zeroes lines; the other cache commands do nothing but end', () => {
    const machine = machineWithPage();
    enter(machine, { opcode: SDCRZ, ea: EA + 0x100, size: 0x100, tag: 1 });
    for (const opcode of [0x80, 0x81, 0x8d, 0x8f]) enter(machine, { opcode, ea: 0, size: 0x4000, tag: 2 });
    machine.passUntil(2000);
    const zeros = [...machine.ramBytes(FRAME)].flatMap((byte, i) => (byte === 0 && i % 256 !== 0 ? [i] : []));
    expect([zeros[0], zeros.at(-1), zeros.length]).toEqual([0x101, 0x1ff, 255]);
    expect(tagStatus(machine, 0b110, 0)).toBe(0b110);
    expect(machine.interrupts).toEqual([]);
  });

  test('sdcrz of part of a line is an alignment error', () => {
    const machine = machineWithPage();
    enter(machine, { opcode: SDCRZ, ea: EA + 0x40, size: 0x80 });
    expect(machine.interrupts).toEqual(['class 0: 0x1']);
  });
});
