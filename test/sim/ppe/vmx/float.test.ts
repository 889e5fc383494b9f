import { describe, expect, it } from 'vitest';
import { ppc } from '../../../support/ppcWords.ts';
import { PpeMachine } from '../../../support/ppeMachine.ts';

const CODE = 0x10000n;
const machine = new PpeMachine();
const { registers } = machine;

const single = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
};
const ones = 0x0000_0001_0000_0001_0000_0001_0000_0001n;

/** Word 0 of `mnemonic v1, v2, v3, v4`, or of one source v3. */
function result(mnemonic: string, operands: readonly number[], values: Readonly<Record<number, bigint>>): bigint {
  machine.clear();
  machine.writeWords(CODE, [ppc(mnemonic, ...operands)]);
  registers.pc = CODE;
  for (const [register, value] of Object.entries(values)) registers.setVr(Number(register), value * ones);
  machine.engine.run(1);
  return registers.vr(1) >> 96n;
}

describe('a fused multiply-add', () => {
  /** (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24 lies between two singles; 2^-80 is too small for a double to keep beside it. */
  const FACTOR = single(1 + 2 ** -12);

  it.each([
    ['rounds to even in the middle', 0, 1 + 2 ** -11],
    ['rounds up a trace above', 2 ** -80, 1 + 2 ** -11 + 2 ** -23],
    ['rounds down a trace below', -(2 ** -80), 1 + 2 ** -11],
  ])('%s', (_, addend, expected) => {
    expect(result('vmaddfp', [1, 2, 3, 4], { 2: FACTOR, 3: FACTOR, 4: single(addend) })).toBe(single(expected));
    expect(result('vnmsubfp', [1, 2, 3, 4], { 2: FACTOR, 3: FACTOR, 4: single(-addend) })).toBe(single(-expected));
  });
});

describe('estimates of powers of 2 are exact', () => {
  it.each([-126, -1, 0, 1, 64, 127])('for 2^%i', (exponent) => {
    const power = single(2 ** exponent);
    expect(result('vexptefp', [1, 3], { 3: single(exponent) })).toBe(power);
    expect(result('vlogefp', [1, 3], { 3: power })).toBe(single(exponent));
  });
});
