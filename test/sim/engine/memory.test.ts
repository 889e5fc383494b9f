import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { toy, TOY_HALT, TOY_VECTOR } from './toyIsa.ts';
import { PAGE, ToyMachine } from './toyMachine.ts';

const CODE = 0x10000;
const DATA = 0x7654_3210_0000;
const BYTES = [0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8];

/** Data pages are mapped to RAM pages that are not neighbours. */
function machineWith(words: readonly number[]): ToyMachine {
  const machine = new ToyMachine().map(CODE, 1).map(DATA, 5).map(DATA + PAGE, 3).load(CODE, [...words, toy('halt')]);
  machine.engine.pc = CODE;
  machine.setRegister(5, BigInt(DATA));
  return machine;
}

function put(machine: ToyMachine, ea: number, bytes: readonly number[]): void {
  bytes.forEach((byte, i) => { machine.data.setUint8(machine.hostOffset(BigInt(ea + i)), byte); });
}

function bytesAt(machine: ToyMachine, ea: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => machine.data.getUint8(machine.hostOffset(BigInt(ea + i))));
}

/** The number that bytes stand for, most significant first. */
function bigEndian(bytes: readonly number[], signed = false): bigint {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asUintN(64, signed ? BigInt.asIntN(bytes.length * 8, value) : value);
}

/** In a page; across a page boundary; in a page that is never cached. */
const PLACES = [['in a page', 24, false], ['across pages', PAGE - 1, false], ['uncached', 40, true]] as const;
const SIZES = [1, 2, 4, 8] as const;

describe.each(PLACES)('loads and stores %s', (_, offset, uncached) => {
  function machineFor(words: readonly number[]): ToyMachine {
    const machine = machineWith(words);
    if (uncached) machine.uncached.add(BigInt(DATA) >> 12n);
    return machine;
  }

  it.each(SIZES)('of %i bytes are big-endian, extended, or reversed', (size) => {
    const forms = ['', 's', 'r'].map((suffix) => `load${String(size)}${suffix}`);
    // Twice each: the first access misses the TLB, the second may hit it.
    const machine = machineFor([0, 1].flatMap((round) => forms.map((form, i) => toy(form, 8 + round * 3 + i, 5, offset))));
    const bytes = BYTES.slice(0, size);
    put(machine, DATA + offset, bytes);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    const expected = [bigEndian(bytes), bigEndian(bytes, true), bigEndian([...bytes].reverse())];
    expect(machine.registers.slice(8, 14)).toEqual([...expected, ...expected]);
  });

  it.each(SIZES)('of %i bytes store the low bytes and no others', (size) => {
    for (const suffix of ['', 'r']) {
      const store = toy(`store${String(size)}${suffix}`, 6, 5, offset);
      const machine = machineFor([store, toy('store1', 7, 5, offset), store]);
      put(machine, DATA + offset - 1, new Array<number>(10).fill(0x11));
      machine.setRegister(6, bigEndian(BYTES));
      expect(machine.engine.run(100)).toBe(TOY_HALT);
      const low = BYTES.slice(8 - size);
      const expected = suffix === 'r' ? [...low].reverse() : low;
      expect(bytesAt(machine, DATA + offset - 1, 10)).toEqual([0x11, ...expected, ...new Array<number>(9 - size).fill(0x11)]);
    }
  });
});

describe('quadwords', () => {
  it.each([['cached', false], ['uncached', true]])('are aligned down and kept byte-reversed, %s', (_, uncached) => {
    const machine = machineWith([toy('loadq', 0, 5, 39), toy('storeq', 0, 5, 72), toy('loadq', 0, 5, 39), toy('storeq', 0, 5, 80)]);
    if (uncached) machine.uncached.add(BigInt(DATA) >> 12n);
    const bytes = Array.from({ length: 16 }, (__, i) => 0xf0 - i);
    put(machine, DATA + 32, bytes);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(Array.from({ length: 16 }, (__, i) => machine.data.getUint8(machine.state + TOY_VECTOR + i))).toEqual([...bytes].reverse());
    expect(bytesAt(machine, DATA + 64, 16)).toEqual(bytes);
    expect(bytesAt(machine, DATA + 80, 16)).toEqual(bytes);
  });
});

describe('misses', () => {
  it('are asked for once where the host fills the TLB, with program counter and time exact', () => {
    const machine = machineWith([
      toy('load4', 1, 5, 0), toy('load4', 1, 5, 4), toy('store4', 1, 5, 8), toy('store4', 1, 5, 12), toy('load8', 1, 5, PAGE - 4), toy('store2', 1, 5, PAGE - 1),
    ]);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.log).toEqual([
      'fetch 10000 after 0',
      'load4 765432100000 at 10000 after 0',
      'store4 765432100008 at 10008 after 2',
      'load8 765432100ffc at 10010 after 4',
      'store2 765432100fff at 10014 after 5',
      'commit2 765432100fff',
    ]);
  });

  it('are asked for again after a flush, or when the page is dropped', () => {
    const machine = machineWith([toy('load4', 1, 5, 0), toy('load4', 1, 5, 0), toy('load4', 1, 5, 0)]);
    machine.engine.run(1);
    machine.map(DATA, 6).load(DATA, [0x12345678]);
    machine.engine.run(1);
    expect(machine.register(1)).toBe(0n);
    machine.engine.dropTranslation(DATA / 2 ** 32, DATA | 0);
    machine.engine.run(1);
    expect(machine.register(1)).toBe(0x12345678n);
    machine.engine.pc = CODE;
    machine.map(DATA, 5);
    machine.engine.flushTlb();
    machine.engine.run(1);
    expect(machine.register(1)).toBe(0n);
  });

  it.each([
    ['load', toy('load4', 1, 5, 2 * PAGE)],
    ['load with update', toy('load8u', 1, 5, 2 * PAGE)],
    ['store', toy('store8', 1, 5, 2 * PAGE)],
    ['quadword store', toy('storeq', 0, 5, 2 * PAGE)],
    ['access that crosses into a page that is not there', toy('store4', 1, 5, 2 * PAGE - 2)],
  ])('leave a faulting %s undone, and it can be done again', (_, word) => {
    const machine = machineWith([toy('li', 1, 0, 3), word]);
    expect(machine.engine.run(100)).toBe(EXIT.memoryFault);
    expect(machine.engine.executed).toBe(1);
    expect(machine.engine.pc).toBe(CODE + 4);
    expect([machine.register(1), machine.register(5)]).toEqual([3n, BigInt(DATA)]);
    expect(machine.engine.run(100)).toBe(EXIT.memoryFault);
    expect(machine.engine.executed).toBe(0);
    machine.map(DATA + 2 * PAGE, 4);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.engine.executed).toBe(1);
  });

  it('stop the run after the access when the host asks for it', () => {
    const machine = machineWith([toy('load4', 1, 5, 0), toy('li', 2, 0, 1)]);
    put(machine, DATA, BYTES);
    const miss = machine.miss.bind(machine);
    machine.miss = (high, low, access) => {
      machine.engine.requestStop();
      return miss(high, low, access);
    };
    expect(machine.engine.run(100)).toBe(EXIT.stopRequested);
    expect(machine.engine.executed).toBe(1);
    expect(machine.register(1)).toBe(bigEndian(BYTES.slice(0, 4)));
  });

  it('count a faulting access as not done when the host asks for a stop too', () => {
    const machine = machineWith([toy('li', 2, 0, 1), toy('load4', 1, 5, 2 * PAGE)]);
    machine.miss = () => {
      machine.engine.requestStop();
      return 0;
    };
    expect(machine.engine.run(100)).toBe(EXIT.memoryFault);
    expect(machine.engine.executed).toBe(1);
    expect(machine.engine.pc).toBe(CODE + 4);
  });
});
