import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FPSCR } from '../../../../src/sim/ppe/float/fpscr.ts';
import { add, divide, multiply, multiplyAdd, squareRoot, toSingle } from '../../../../src/sim/ppe/float/soft/arithmetic.ts';
import { fromInteger, toInteger } from '../../../../src/sim/ppe/float/soft/convert.ts';
import { DOUBLE, ROUND, type Rounded, roundingOf } from '../../../../src/sim/ppe/float/soft/round.ts';
import { ppc } from '../../../support/ppcWords.ts';
import { PpeMachine } from '../../../support/ppeMachine.ts';

const view = new DataView(new ArrayBuffer(8));

function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

function valueOf({ bits }: Rounded): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** Any double, with more of those that differ little than chance gives. */
const double = fc.oneof(fc.double(), fc.double({ min: -4, max: 4 }), fc.constantFrom(0, -0, Infinity, -Infinity, NaN, Number.MIN_VALUE, -Number.MAX_VALUE));

describe('exact arithmetic agrees with the host, which rounds to nearest', () => {
  it.each([
    ['add', add, (x: number, y: number) => x + y],
    ['multiply', multiply, (x: number, y: number) => x * y],
    ['divide', divide, (x: number, y: number) => x / y],
  ] as const)('%s', (_, ours, host) => {
    fc.assert(fc.property(double, double, (x, y) => {
      expect(valueOf(ours(bitsOf(x), bitsOf(y), DOUBLE, roundingOf(ROUND.nearest)))).toBe(host(x, y));
    }));
  });

  it('squareRoot', () => {
    fc.assert(fc.property(double, (x) => { expect(valueOf(squareRoot(bitsOf(x), DOUBLE, roundingOf(ROUND.nearest)))).toBe(Math.sqrt(x)); }));
  });

  it('toSingle', () => {
    fc.assert(fc.property(double, (x) => { expect(valueOf(toSingle(bitsOf(x), roundingOf(ROUND.nearest)))).toBe(Math.fround(x)); }));
  });

  it('fromInteger and toInteger', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (n) => {
      expect(valueOf(fromInteger(BigInt.asUintN(64, n), roundingOf(ROUND.nearest)))).toBe(Number(n));
    }));
    fc.assert(fc.property(fc.double({ min: -(2 ** 31), max: 2 ** 31 - 1, noNaN: true }), (x) => {
      expect(BigInt.asIntN(64, toInteger(bitsOf(x), 32, ROUND.towardZero).bits)).toBe(BigInt(Math.trunc(x)));
    }));
  });
});

describe('rounding modes', () => {
  it('enclose the exact result', () => {
    fc.assert(fc.property(double, double, double, (x, y, z) => {
      const [a, c, b] = [bitsOf(x), bitsOf(y), bitsOf(z)];
      const results = [ROUND.down, ROUND.nearest, ROUND.up].map((mode) => valueOf(multiplyAdd(a, c, b, DOUBLE, roundingOf(mode))));
      if (results.some(Number.isNaN)) return;
      const [down = 0, nearest = 0, up = 0] = results;
      expect(down <= nearest && nearest <= up).toBe(true);
      expect([down, up]).toContain(nearest);
    }));
  });
});

describe('FPSCR after an operation', () => {
  const machine = new PpeMachine();
  const run = (word: number, fpscr: number, fra: number, frb: number): bigint => {
    machine.clear();
    machine.writeWords(0x10000n, [word]);
    const { registers } = machine;
    registers.pc = 0x10000n;
    registers.fpscr = fpscr;
    registers.setFpr(1, 7n);
    registers.setFpr(2, bitsOf(fra));
    registers.setFpr(3, bitsOf(frb));
    machine.engine.run(1);
    return registers.fpr(1);
  };

  it('has FEX, and the target is left alone, where the exception is enabled (Book I, section 4.4)', () => {
    expect(run(ppc('fdiv', 1, 2, 3), FPSCR.enableZeroDivide, 1, 0)).toBe(7n);
    expect(machine.registers.fpscr).toBe((FPSCR.fx | FPSCR.fex | FPSCR.zeroDivide | FPSCR.enableZeroDivide) >>> 0);
    expect(run(ppc('fsub', 1, 2, 3), FPSCR.enableInvalid, Infinity, Infinity)).toBe(7n);
    expect(machine.registers.fpscr).toBe((FPSCR.fx | FPSCR.fex | FPSCR.vx | FPSCR.infinityMinusInfinity | FPSCR.enableInvalid) >>> 0);
  });

  it('has FX only for an exception that is new', () => {
    run(ppc('fdiv', 1, 2, 3), FPSCR.inexact, 1, 3);
    expect(machine.registers.fpscr & FPSCR.fx).toBe(0);
    run(ppc('fdiv', 1, 2, 3), 0, 1, 3);
    expect(machine.registers.fpscr & FPSCR.fx).not.toBe(0);
  });

  it('goes to CR1 with the record forms', () => {
    run(ppc('fdiv.', 1, 2, 3), FPSCR.overflow, 1, 3);
    expect(machine.registers.crField(1)).toBe(0b1001);
  });

  it('has no invalid comparison beside an enabled signalling one', () => {
    machine.clear();
    machine.writeWords(0x10000n, [ppc('fcmpo', 6, 2, 3)]);
    machine.registers.pc = 0x10000n;
    machine.registers.fpscr = FPSCR.enableInvalid;
    machine.registers.setFpr(2, 0x7ff0_0000_0000_0001n);
    machine.engine.run(1);
    expect(machine.registers.crField(6)).toBe(1);
    expect(machine.registers.fpscr).toBe((FPSCR.fx | FPSCR.fex | FPSCR.vx | FPSCR.signalling | 0x1000 | FPSCR.enableInvalid) >>> 0);
  });
});
