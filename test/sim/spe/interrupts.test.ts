import { describe, expect, test } from 'vitest';
import { CHANNEL } from '../../../src/sim/spe/assemblerNames.ts';
import { restoreContext, saveContext } from '../../../src/sim/spe/context.ts';
import { EVENT } from '../../../src/sim/spe/events.ts';
import { readOutboundInterruptMailbox, readOutboundMailbox, writeInboundMailbox } from '../../../src/sim/spe/mailbox.ts';
import { writeSignal } from '../../../src/sim/spe/signals.ts';
import { EA, enter, machineWithPage } from '../../support/mfcCommands.ts';
import { program, type SpuLine } from '../../support/spuProgram.ts';
import type { SpeMachine } from '../../support/speMachine.ts';

const START = 0x100;
/** A start at START with interrupts enabled: bit 0 of SPU_NPC (facts 6.1). */
const ENABLED = START | 1;

/** At address 0: counts in $10, keeps what SPU_RdEventStat and SPU_RdMachStat say, acknowledges, goes back. */
const HANDLER: readonly SpuLine[] = [
  ['ai', 10, 10, 1], ['rdch', 11, CHANNEL.SPU_RdEventStat], ['wrch', CHANNEL.SPU_WrEventAck, 11],
  ['rdch', 12, CHANNEL.SPU_RdMachStat], ['rdch', 13, CHANNEL.SPU_RdSRR0], ['irete'],
];

function machineWith(lines: readonly SpuLine[], handler: readonly SpuLine[] = HANDLER): SpeMachine {
  const machine = machineWithPage();
  machine.load(0, program(...handler.map((line) => (line.length === 1 ? [line[0], 0] as const : line))));
  machine.load(START, program(...lines));
  return machine;
}

const word = (machine: SpeMachine, register: number): number => machine.registers.word(register, 0);
const mask = (events: number): SpuLine[] => [['ila', 3, events], ['wrch', CHANNEL.SPU_WrEventMask, 3]];

describe('an interrupt', () => {
  test('goes to address 0 with interrupts disabled, keeps the next address in SRR0, and irete goes back and enables', () => {
    const machine = machineWith([...mask(EVENT.signal1), ['ai', 20, 20, 1], ['br', -4]]);
    machine.start(ENABLED);
    machine.run(101);
    expect(word(machine, 10)).toBe(0);
    const { pc } = machine.registers;
    writeSignal(machine.spe, 1, 7);
    machine.run(5);
    expect([10, 11, 12, 13].map((register) => word(machine, register))).toEqual([1, EVENT.signal1, 0, pc]);
    expect(machine.registers.interruptsEnabled).toBe(false);
    machine.run(1);
    expect(machine.registers.interruptsEnabled).toBe(true);
    expect(machine.registers.pc).toBe(pc);
    machine.run(1000);
    expect(word(machine, 10)).toBe(1);
  });

  test('does not come while interrupts are disabled, and comes as soon as a branch enables them', () => {
    const machine = machineWith([...mask(EVENT.signal1), ['ila', 4, START + 0x20], ['ai', 20, 20, 1], ['nop', 0], ['bie', 4], ['stop', 1], ['stop', 1], ['stop', 0]]);
    writeSignal(machine.spe, 1, 7);
    machine.start(START);
    machine.run(1000);
    expect(machine.spe.state.run.status).toBe(2);
    expect([10, 11, 13, 20].map((register) => word(machine, register))).toEqual([1, EVENT.signal1, START + 0x20, 1]);
  });

  test.each([['bid', 4], ['iretd', 0]] as const)('does not come after %s', (mnemonic, register) => {
    const machine = machineWith([['ila', 4, START + 0x10], ['wrch', CHANNEL.SPU_WrSRR0, 4], [mnemonic, register], ['stop', 1], ...mask(EVENT.signal1), ['nop', 0], ['stop', 0]]);
    writeSignal(machine.spe, 1, 7);
    machine.start(ENABLED);
    machine.run(1000);
    expect(machine.spe.state.run.status).toBe(2);
    expect(word(machine, 10)).toBe(0);
  });

  test('comes after the instruction that unmasks a pending event', () => {
    const machine = machineWith([['nop', 0], ...mask(EVENT.signal1), ['ai', 20, 20, 1], ['stop', 0]]);
    writeSignal(machine.spe, 1, 7);
    machine.start(ENABLED);
    machine.run(1000);
    expect([10, 13, 20].map((register) => word(machine, register))).toEqual([1, START + 0xc, 1]);
  });

  test('comes after the instruction that causes its event', () => {
    const machine = machineWith([...mask(EVENT.multisourceSync), ['wrch', CHANNEL.MFC_WrMSSyncReq, 3], ['ai', 20, 20, 1], ['stop', 0]]);
    machine.start(ENABLED);
    machine.run(1000);
    expect([10, 11, 13].map((register) => word(machine, register))).toEqual([1, EVENT.multisourceSync, START + 0xc]);
  });

  test('interrupts a wait for a channel, which is taken up again afterwards', () => {
    const machine = machineWith([...mask(EVENT.signal2), ['rdch', 5, CHANNEL.SPU_RdInMbox], ['stop', 0]]);
    machine.start(ENABLED);
    machine.run(1000);
    expect(machine.spe.state.run.status).toBe(9);
    writeSignal(machine.spe, 2, 1);
    machine.run(1000);
    expect([10, 13].map((register) => word(machine, register))).toEqual([1, START + 8]);
    expect(machine.spe.state.run.status).toBe(9);
    writeInboundMailbox(machine.spe, 99);
    machine.run(1000);
    expect(word(machine, 5)).toBe(99);
    expect(machine.spe.state.run.status).toBe(2);
  });

  test('does not come again for an event whose status was read and that was not acknowledged', () => {
    const machine = machineWith([...mask(EVENT.signal1), ['nop', 0], ['nop', 0], ['br', -4]], [['ai', 10, 10, 1], ['rdch', 11, CHANNEL.SPU_RdEventStat], ['irete']]);
    machine.start(ENABLED);
    writeSignal(machine.spe, 1, 7);
    machine.run(1000);
    expect(word(machine, 10)).toBe(1);
  });

  test('comes again after a handler that leaves the status unread', () => {
    const machine = machineWith([...mask(EVENT.signal1), ['nop', 0], ['br', -4]], [['ai', 10, 10, 1], ['irete']]);
    machine.start(ENABLED);
    writeSignal(machine.spe, 1, 7);
    machine.run(1 + 1 + 20);
    expect(word(machine, 10)).toBeGreaterThan(5);
  });

  test('is taken after a save and a restore as it would have been', () => {
    const machine = machineWith([...mask(EVENT.signal1), ['br', 0]]);
    machine.start(ENABLED);
    machine.run(50);
    const saved = structuredClone(saveContext(machine.spe));
    restoreContext(machine.spe, saved, machine.cycle);
    expect(machine.spe.state.run.npc & 1).toBe(1);
    writeSignal(machine.spe, 1, 7);
    machine.run(5);
    expect([10, 13].map((register) => word(machine, register))).toEqual([1, START + 8]);
  });

  test('of the decrementer counts its periods', () => {
    const handler: SpuLine[] = [
      ['ai', 10, 10, 1], ['rdch', 11, CHANNEL.SPU_RdEventStat], ['wrch', CHANNEL.SPU_WrEventAck, 11], ['wrch', CHANNEL.SPU_WrDec, 21], ['irete'],
    ];
    const machine = machineWith([['il', 21, 999], ...mask(EVENT.decrementer), ['wrch', CHANNEL.SPU_WrDec, 21], ['br', 0]], handler);
    machine.start(ENABLED);
    machine.run(10_400);
    // Written in cycle 3; then each time 1000 cycles later the handler, whose fourth instruction writes it again.
    expect(word(machine, 10)).toBe(Math.floor((10_400 - 3) / 1003));
  });
});

test('bisled branches only when an enabled event is pending', () => {
  const lines: SpuLine[] = [...mask(EVENT.signal1), ['ila', 4, START + 0x20], ['bisled', 5, 4], ['ai', 20, 20, 1], ['br', -8], ['nop', 0], ['nop', 0], ['stop', 0]];
  const machine = machineWith(lines);
  machine.start(START);
  machine.run(100);
  expect(word(machine, 20)).toBeGreaterThan(20);
  expect(word(machine, 5)).toBe(START + 0x10);
  writeSignal(machine.spe, 1, 7);
  machine.run(100);
  expect(machine.spe.state.run.status).toBe(2);
});

describe('SPU_RdEventStat', () => {
  const READ: SpuLine[] = [['rchcnt', 30, CHANNEL.SPU_RdEventStat], ['rdch', 31, CHANNEL.SPU_RdEventStat], ['rchcnt', 32, CHANNEL.SPU_RdEventStat], ['stop', 0]];
  const after = (...lines: SpuLine[]): SpeMachine => {
    const machine = machineWith([...lines, ...READ]);
    writeSignal(machine.spe, 1, 7);
    machine.start(START);
    machine.run(1000);
    return machine;
  };

  test('counts once, and gives what is enabled', () => {
    const machine = after(...mask(EVENT.signal1 | EVENT.decrementer));
    expect([30, 31, 32].map((register) => word(machine, register))).toEqual([1, EVENT.signal1, 0]);
  });

  test('counts again for what a write of the mask or an acknowledgement leaves', () => {
    const machine = after(...mask(EVENT.signal1), ['rdch', 29, CHANNEL.SPU_RdEventStat], ['wrch', CHANNEL.SPU_WrEventAck, 0]);
    expect([30, 31].map((register) => word(machine, register))).toEqual([1, EVENT.signal1]);
  });

  test.each<readonly [string, readonly SpuLine[]]>([
    ['masked', mask(0)],
    ['acknowledged', [['wrch', CHANNEL.SPU_WrEventAck, 3]]],
  ])('gives 0 for an event that was %s after it counted: a phantom', (_, lines) => {
    const machine = after(...mask(EVENT.signal1), ...lines);
    expect([30, 31, 32].map((register) => word(machine, register))).toEqual([1, 0, 0]);
  });
});

describe('events', () => {
  const pendingAfter = (act: (machine: SpeMachine) => void): number => {
    const machine = machineWithPage();
    act(machine);
    return machine.spe.state.events.pending;
  };

  test.each<readonly [string, number, (machine: SpeMachine) => void]>([
    ['tag status', EVENT.tagStatus, (machine) => {
      machine.load(0, program(['il', 3, 1], ['wrch', CHANNEL.MFC_WrTagMask, 3], ['wrch', CHANNEL.MFC_WrTagUpdate, 0], ['stop', 0]));
      machine.start(0);
      machine.run();
    }],
    ['queue space', EVENT.queueSpace, (machine) => {
      for (let i = 0; i < 16; i += 1) enter(machine, { opcode: 0x40, lsa: 0x1000 });
      machine.passUntil(1000);
    }],
    ['no queue space where the queue was not full', 0, (machine) => {
      for (let i = 0; i < 15; i += 1) enter(machine, { opcode: 0x40, lsa: 0x1000 });
      machine.passUntil(1000);
    }],
    ['inbound mailbox', EVENT.inboundMailbox, (machine) => { writeInboundMailbox(machine.spe, 1); }],
    ['outbound mailboxes that were read', EVENT.outboundMailbox | EVENT.outboundInterruptMailbox, (machine) => {
      machine.load(0, program(['wrch', CHANNEL.SPU_WrOutMbox, 3], ['wrch', CHANNEL.SPU_WrOutIntrMbox, 3], ['stop', 0]));
      machine.start(0);
      machine.run();
      readOutboundMailbox(machine.spe);
      readOutboundInterruptMailbox(machine.spe);
    }],
    ['both signals', EVENT.signal1 | EVENT.signal2, (machine) => {
      writeSignal(machine.spe, 1, 0);
      writeSignal(machine.spe, 2, 0);
    }],
    ['a reserved line that is written', EVENT.lockLineLost, (machine) => {
      enter(machine, { opcode: 0xd0 });
      machine.passUntil(1000);
      enter(machine, { opcode: 0x20, lsa: 0x2000, ea: EA + 0x40, size: 16 });
      machine.passUntil(2000);
    }],
  ])('%s', (_, expected, act) => {
    expect(pendingAfter(act)).toBe(expected);
  });

  test('the decrementer stops when its event is acknowledged while masked, and a write starts it again', () => {
    const machine = machineWith([
      ['il', 4, 500], ['wrch', CHANNEL.SPU_WrDec, 4], ['il', 3, EVENT.decrementer], ['wrch', CHANNEL.SPU_WrEventAck, 3],
      ['rdch', 5, CHANNEL.SPU_RdDec], ['nop', 0], ['rdch', 6, CHANNEL.SPU_RdDec],
      ['wrch', CHANNEL.SPU_WrDec, 4], ['nop', 0], ['rdch', 7, CHANNEL.SPU_RdDec], ['stop', 0],
    ]);
    machine.start(START);
    machine.run();
    expect([5, 6, 7].map((register) => word(machine, register))).toEqual([498, 498, 498]);
    expect(machine.spe.state.decrementer.running).toBe(true);
  });

  test('a decrementer that is stopped raises no event', () => {
    const machine = machineWith([['il', 4, 50], ['wrch', CHANNEL.SPU_WrDec, 4], ['il', 3, EVENT.decrementer], ['wrch', CHANNEL.SPU_WrEventAck, 3], ['br', 0]]);
    machine.start(START);
    machine.run(1000);
    expect(machine.spe.state.events.pending).toBe(0);
  });
});
