import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SPU } from '../../../src/sim/spe/instructionSet.ts';
import { judgeFile, judgeText, readVectors } from '../../support/vectors.ts';
import { SpuVectorRunner } from '../../support/vectorsSpu.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../vectors');
const EXECUTED = readVectors(path.join(FOLDER, 'spu-exec.json.br'));
const ENCODED = readVectors(path.join(FOLDER, 'spu-asm.json.br'));
/** Mnemonics of later SPUs, which have no meaning. */
const NOT_YET = /^df(?:c|tsv)/;

describe('spu-exec.json', () => {
  it('agrees with all that is executed', () => {
    const { passed, failures, notRun } = judgeFile('spu-exec.json', EXECUTED, new SpuVectorRunner());
    expect(failures).toEqual([]);
    expect([...notRun.keys()].filter((mnemonic) => !NOT_YET.test(mnemonic))).toEqual([]);
    expect(passed).toBe(EXECUTED.filter(({ mnemonic }) => !NOT_YET.test(mnemonic)).length);
  });
});

it.each([['spu-exec.json', EXECUTED], ['spu-asm.json', ENCODED]] as const)('%s is disassembled as by objdump', (_, vectors) => {
  const runner = new SpuVectorRunner();
  expect(vectors.map((vector) => judgeText(vector, runner)).filter(({ kind }) => kind !== 'passed')).toEqual([]);
});

describe('the instruction table', () => {
  it('knows every mnemonic that GNU as knows', () => {
    const known = new Set([...SPU.instructions, ...SPU.aliases].map(({ mnemonic }) => mnemonic));
    expect([...new Set(ENCODED.map(({ mnemonic }) => mnemonic))].filter((mnemonic) => !known.has(mnemonic))).toEqual([]);
  });

  it('gives every operand the bits that it decodes from them', () => {
    for (const { words: [word = 0] } of [...ENCODED, ...EXECUTED]) {
      const instruction = SPU.instructions.find(({ encoding }) => ((word ^ encoding.match) & encoding.mask) === 0);
      const rebuilt = instruction?.operands.reduce((bits, { field }) => bits | (field.encode(field.decode(word)) ?? -1), instruction.encoding.match);
      expect(rebuilt === undefined ? rebuilt : rebuilt >>> 0).toBe(withoutIgnoredBits(word, instruction?.mnemonic));
    }
  });
});

/** `mtspr` ignores the seven bits in which the simulator's `syscall` keeps its number. */
function withoutIgnoredBits(word: number, mnemonic: string | undefined): number {
  return (mnemonic === 'mtspr' ? word & ~(0x7f << 14) : word) >>> 0;
}
