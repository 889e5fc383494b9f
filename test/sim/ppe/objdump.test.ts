/** The disassembler beside objdump, on random words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../../../src/sim/ppe/style.ts';
import { Disassembler } from '../../../src/sim/program/disassemble.ts';
import { askTool, hasTool } from '../../support/oracle.ts';

const OBJDUMP = 'powerpc64-linux-gnu-objdump';
const RAW = ['-D', '-z', '-b', 'binary', '-mpowerpc:common64', '-EB', '-Mcell'];
const ENTRIES = [...PPC.instructions, ...PPC.aliases];
const WORDS = 40_000;

/** Words of every entry of the table, with anything in the bits that are not opcode: operands, and reserved bits too. */
function words(seed: number): number[] {
  const bits = fc.sample(fc.integer(), { numRuns: WORDS, seed });
  return bits.map((bit, index) => {
    const { mask, match } = ENTRIES[index % ENTRIES.length]?.encoding ?? { mask: 0, match: 0 };
    return match | (bit & ~mask);
  });
}

describe.runIf(hasTool(OBJDUMP))('the disassembler', () => {
  it('writes random words as objdump does, illegal ones too', () => {
    const [seed = 0] = fc.sample(fc.integer(), 1);
    const given = words(seed);
    const image = new DataView(new ArrayBuffer(given.length * 4));
    given.forEach((word, index) => { image.setInt32(index * 4, word); });
    const disassembler = new Disassembler(PPC, PPC_STYLE);
    const lines = askTool(OBJDUMP, RAW, new Uint8Array(image.buffer)).split('\n').flatMap((line) => {
      const [, address, text] = /^\s*([0-9a-f]+):\t(?:[0-9a-f]{2} ){4}\s*\t(.*)$/.exec(line) ?? [];
      return address === undefined || text === undefined ? [] : [{ address: parseInt(address, 16), text: text.replace(/\s+/g, ' ').trim() }];
    });
    expect(lines).toHaveLength(given.length);
    const different = lines.flatMap(({ address, text }) => {
      const { mnemonic, operands } = disassembler.disassemble(image.getInt32(address), BigInt(address));
      const ours = `${mnemonic} ${operands}`.trim();
      return ours === text ? [] : [`${(image.getUint32(address)).toString(16)}: "${ours}", not "${text}"`];
    });
    expect(different, `seed ${String(seed)}`).toEqual([]);
  });
});
