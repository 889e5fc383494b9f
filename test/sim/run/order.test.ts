/** Running, running in pieces and stepping give the same states (design, section 5). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, exampleSource, machineFor, type TestMachine } from '../../support/machine.ts';

const EXAMPLES = ['minor.s', 'sigbus.s', 'retry.s', 'spe-dma.s', 'spe-list.s', 'spe-atomic.s', 'spe-interrupt.s', 'mailbox.s', 'self-pte.s'];
const KERNELS = ['2.6.18', '2.6.18-retry'];

function start(name: string, kernel: string): TestMachine {
  return machineFor({ name, source: exampleSource(name), kernel });
}

function inOneGo(name: string, kernel: string): string {
  const test = start(name, kernel);
  expect(test.machine.run(Infinity).kind).toBe('exit');
  return digest(test);
}

describe.each(EXAMPLES)('%s', (name) => {
  it.each(KERNELS)('runs the same in pieces of any length under %s', (kernel) => {
    const whole = inOneGo(name, kernel);
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 8 }), (pieces) => {
      const test = start(name, kernel);
      for (let i = 0; test.machine.run(pieces[i % pieces.length] ?? 1).kind === 'budget'; i += 1);
      expect(digest(test)).toBe(whole);
    }), { numRuns: 5 });
  });
});

describe('stepping', () => {
  it.each(['minor.s', 'sigbus.s', 'self-pte.s', 'mailbox.s', 'spe-list.s', 'spe-atomic.s', 'spe-interrupt.s'])('one instruction or kernel step of a thread at a time changes nothing: %s', (name) => {
    const whole = inOneGo(name, '2.6.18-retry');
    const test = start(name, '2.6.18-retry');
    const { machine } = test;
    let steps = 0;
    for (;;) {
      const task = [...machine.state.tasks.values()].find(({ state }) => state === 'running' || state === 'ready');
      machine.control.stepping = task && steps < 3000 ? { kind: 'task', task } : undefined;
      const stop = machine.run(20_000);
      if (stop.kind === 'exit') break;
      if (stop.kind === 'step') steps += 1;
    }
    expect(steps).toBeGreaterThan(20);
    expect(digest(test)).toBe(whole);
  });

  it.each([
    ['spe-dma.s', 'copier', 0], ['spe-list.s', 'gather', 0], ['spe-atomic.s', 'adder', 0], ['spe-interrupt.s', 'ticker', 0x80],
  ])('steps an SPU one instruction at a time: %s', (name, path, entry) => {
    const whole = inOneGo(name, '2.6.18-retry');
    const test = start(name, '2.6.18-retry');
    const { machine } = test;
    const seen: number[] = [];
    for (;;) {
      const context = machine.state.spufs.contexts.get(path);
      machine.control.stepping = context && { kind: 'context', context };
      const stop = machine.run(50);
      if (stop.kind === 'exit') break;
      if (stop.kind === 'step' && context) seen.push(machine.spe(context).registers.pc);
    }
    expect(seen.slice(0, 4)).toEqual([4, 8, 12, 16].map((offset) => entry + offset));
    expect(digest(test)).toBe(whole);
  });
});

describe('two machines side by side', () => {
  it('do not know of each other', () => {
    const whole = inOneGo('retry.s', '2.6.18-retry');
    const a = start('retry.s', '2.6.18-retry');
    const b = start('retry.s', '2.6.18');
    while (a.machine.run(7000).kind === 'budget') b.machine.run(5000);
    expect(digest(a)).toBe(whole);
  });
});
