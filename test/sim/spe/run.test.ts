import { expect, test } from 'vitest';
import { nextProgramCounter, writeNextProgramCounter, writeRunControl } from '../../../src/sim/spe/run.ts';
import { encode, program, type SpuLine } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

function machineWith(address: number, ...lines: SpuLine[]): SpeMachine {
  const machine = new SpeMachine();
  machine.load(address, program(...lines));
  machine.start(address);
  return machine;
}

test('a loop sums 1 to 100 and stops with its signal type', () => {
  const machine = machineWith(
    0x100,
    ['il', 3, 0],
    ['il', 4, 100],
    ['a', 3, 3, 4],
    ['ai', 4, 4, -1],
    ['brnz', 4, -8],
    ['stop', 0x1234],
  );
  expect(machine.run()).toBe(2 + 3 * 100 + 1);
  expect(machine.registers.get(3)).toBe(0x13ba_0000_13ba_0000_13ba_0000_13ban);
  expect(machine.spe.state.run).toEqual({ control: 0, status: 0x1234_0002, npc: 0x118 });
  expect(machine.interrupts).toEqual(['class 2: 0x2']);
});

test('stopd signals 0x3fff', () => {
  const machine = machineWith(0, ['stopd', 1, 2, 3]);
  machine.run();
  expect(machine.spe.state.run.status).toBe(0x3fff_0002);
});

test('a halt leaves status 4 and interrupts class 2', () => {
  const machine = machineWith(0x40, ['heqi', 0, 5, 1], ['heqi', 0, 5, 0], ['stop', 0]);
  machine.run();
  expect(machine.spe.state.run).toMatchObject({ status: 0x4, npc: 0x48 });
  expect(machine.interrupts).toEqual(['class 2: 0x4']);
});

test.each([
  ['a word that is no instruction', 0x9fff_ffff],
  ['a double-precision compare, which a Cell does not have', encode('dfceq', 1, 2, 3)],
])('%s stops the SPU with an error, the counter past it', (_, word) => {
  const machine = new SpeMachine();
  machine.load(0x80, [word]);
  machine.start(0x80);
  expect(machine.run()).toBe(0);
  expect(machine.spe.state.run).toMatchObject({ status: 0x20, npc: 0x84 });
  expect(machine.interrupts).toEqual(['class 0: 0x4']);
});

test('a stopped SPU goes on where it stopped', () => {
  const machine = machineWith(0, ['il', 3, 1], ['stop', 0x2000], ['il', 3, 2], ['stop', 0x2001]);
  machine.run();
  writeRunControl(machine.spe, 1);
  machine.run();
  expect(machine.registers.word(3, 0)).toBe(2);
  expect(machine.spe.state.run.status).toBe(0x2001_0002);
});

test('run control stops an endless loop between two instructions', () => {
  const machine = machineWith(0x200, ['ai', 3, 3, 1], ['br', -4]);
  machine.run(1001);
  expect(nextProgramCounter(machine.spe)).toBe(0x204);
  writeRunControl(machine.spe, 0);
  expect(machine.spe.state.run).toEqual({ control: 0, status: 0, npc: 0x204 });
  expect(machine.run()).toBe(0);
  writeRunControl(machine.spe, 1);
  machine.run(1);
  expect(nextProgramCounter(machine.spe)).toBe(0x200);
  expect(machine.registers.word(3, 0)).toBe(501);
});

test('the program counter cannot be written while the SPU runs', () => {
  const machine = machineWith(0, ['br', 0]);
  writeNextProgramCounter(machine.spe, 0x1000);
  expect(nextProgramCounter(machine.spe)).toBe(0);
});

test('execution, branches and link addresses wrap at the end of the local store', () => {
  const machine = new SpeMachine();
  machine.load(0x3fff8, program(['il', 3, 7], ['brasl', 4, 0x3fffc]));
  machine.load(0x3fffc, program(['brsl', 5, 8]));
  machine.load(4, program(['stop', 1]));
  machine.start(0x3fff8);
  machine.run();
  expect(machine.registers.get(5)).toBe(0n);
  expect(machine.spe.state.run).toMatchObject({ status: 0x1_0002, npc: 8 });

  machine.load(0x3fffc, program(['nop', 0]));
  machine.load(0, program(['stop', 2]));
  machine.start(0x3fffc);
  machine.run();
  expect(machine.spe.state.run).toMatchObject({ status: 0x2_0002, npc: 4 });
});

test('loads and stores wrap at the end of the local store', () => {
  const machine = machineWith(0, ['ila', 3, 0x3fff0], ['ila', 4, 0x1234], ['stqd', 4, 16, 3], ['stop', 0]);
  machine.run();
  expect([...machine.localBytes(0, 4)]).toEqual([0, 0, 0x12, 0x34]);
});

test('a program can overwrite its own code', () => {
  const machine = machineWith(
    0x100,
    ['lqa', 3, 0x200],
    ['stqa', 3, 0x110],
    ['sync'],
    ['nop', 0],
    ['stop', 1],
  );
  machine.load(0x200, program(['il', 9, 42], ['stop', 2], ['stop', 3], ['stop', 4]));
  machine.run();
  expect(machine.registers.word(9, 0)).toBe(42);
  expect(machine.spe.state.run.status).toBe(0x2_0002);
});

test('interrupt features set and clear the enable bit when the branch is taken', () => {
  const machine = machineWith(
    0,
    ['il', 3, 0x20],
    ['bie', 3],
  );
  machine.load(0x20, program(['rdch', 4, 13], ['il', 5, 0x40], ['bizd', 0, 5]));
  machine.load(0x40, program(['rdch', 6, 13], ['il', 7, 0x60], ['bize', 7, 7], ['stop', 0]));
  machine.run();
  expect(machine.registers.word(4, 0)).toBe(1);
  expect(machine.registers.word(6, 0)).toBe(0);
  expect(machine.registers.interruptsEnabled).toBe(false);
});

test('bit 0 of the next program counter is the interrupt enable', () => {
  const machine = new SpeMachine();
  machine.load(0x40, program(['rdch', 3, 13], ['stop', 0]));
  machine.start(0x41);
  machine.run();
  expect(machine.registers.word(3, 0)).toBe(1);
  expect(machine.spe.state.run.npc).toBe(0x49);
});

test('iret goes to the address in SRR0', () => {
  const machine = machineWith(0, ['il', 3, 0x80], ['wrch', 14, 3], ['iret', 0]);
  machine.load(0x80, program(['stop', 5]));
  machine.run();
  expect(machine.spe.state.run).toMatchObject({ status: 0x5_0002, npc: 0x84 });
});

test('bisled branches only when an event is pending, and sets its link either way', () => {
  const machine = machineWith(0, ['il', 3, 0x80], ['bisled', 4, 3], ['stop', 1]);
  machine.load(0x80, program(['stop', 2]));
  machine.run();
  expect(machine.spe.state.run.status).toBe(0x1_0002);
  expect(machine.registers.word(4, 0)).toBe(8);

  machine.spe.state.events.count = 1;
  machine.start(0);
  machine.run();
  expect(machine.spe.state.run.status).toBe(0x2_0002);
});

test('a Cell has no special-purpose registers', () => {
  const machine = machineWith(0, ['il', 3, -1], ['mtspr', 5, 3], ['mfspr', 3, 5], ['stop', 0]);
  machine.run();
  expect(machine.registers.get(3)).toBe(0n);
});
