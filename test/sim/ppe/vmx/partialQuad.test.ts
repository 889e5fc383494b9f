import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../../src/sim/engine/exits.ts';
import { ppc } from '../../../support/ppcWords.ts';
import { PpeMachine } from '../../../support/ppeMachine.ts';

const CODE = 0x10000n;
/** The last quadword of a page; the next page is not mapped. */
const QUAD = 0x20ff0n;
const NEXT_PAGE = 0x21000n;
const OFFSETS = Array.from({ length: 16 }, (_, offset) => offset);
const MEMORY = OFFSETS.map((n) => 0x10 + n);
const REGISTER = OFFSETS.map((n) => 0xa0 + n);

const machine = new PpeMachine();
const { registers } = machine;
beforeEach(() => {
  machine.clear();
  machine.write(QUAD, Uint8Array.from(MEMORY));
});

const valueOf = (bytes: readonly number[]): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** Runs one access of v1 at an address, with the offset in RB; gives the exit code. */
function run(mnemonic: string, address: bigint): number {
  machine.writeWords(CODE, [ppc(mnemonic, 1, 4, 5)]);
  registers.pc = CODE;
  registers.setGpr(4, address & ~15n);
  registers.setGpr(5, address & 15n);
  registers.setVr(1, valueOf(REGISTER));
  return machine.engine.run(1);
}

describe.each(OFFSETS)('at byte %i of a quadword', (offset) => {
  const address = QUAD + BigInt(offset);

  it.each(['lvlx', 'lvlxl'])('%s puts the bytes up to its end at the left', (mnemonic) => {
    expect(run(mnemonic, address)).toBe(EXIT.budget);
    expect(registers.vr(1)).toBe(valueOf([...MEMORY.slice(offset), ...zeros(offset)]));
  });

  it.each(['lvrx', 'lvrxl'])('%s puts the bytes before at the right', (mnemonic) => {
    expect(run(mnemonic, address)).toBe(EXIT.budget);
    expect(registers.vr(1)).toBe(valueOf([...zeros(16 - offset), ...MEMORY.slice(0, offset)]));
  });

  it.each(['stvlx', 'stvlxl'])('%s stores the left bytes up to its end', (mnemonic) => {
    expect(run(mnemonic, address)).toBe(EXIT.budget);
    expect([...machine.read(QUAD, 16)]).toEqual([...MEMORY.slice(0, offset), ...REGISTER.slice(0, 16 - offset)]);
  });

  it.each(['stvrx', 'stvrxl'])('%s stores the right bytes before', (mnemonic) => {
    expect(run(mnemonic, address)).toBe(EXIT.budget);
    expect([...machine.read(QUAD, 16)]).toEqual([...REGISTER.slice(16 - offset), ...MEMORY.slice(offset)]);
  });
});

describe('at the beginning of a page that is not there', () => {
  it.each(['lvrx', 'stvrx'])('%s accesses nothing', (mnemonic) => {
    expect(run(mnemonic, NEXT_PAGE)).toBe(EXIT.budget);
  });

  it.each(['lvlx', 'stvlx'])('%s faults', (mnemonic) => {
    expect(run(mnemonic, NEXT_PAGE)).not.toBe(EXIT.budget);
    expect(registers.pc).toBe(CODE);
    expect(registers.vr(1)).toBe(valueOf(REGISTER));
  });
});
