import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';
import { coverageOf, uncovered } from '../../support/coverage.ts';
import { judgeFile, judgeText, readVectors } from '../../support/vectors.ts';
import { PpcVectorRunner } from '../../support/vectorsPpc.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../vectors');

describe.each(['ppc64-exec.json', 'ppc64-hw.json'])('%s', (name) => {
  const vectors = readVectors(path.join(FOLDER, `${name}.br`));

  it('agrees', () => {
    const { passed, failures, notRun } = judgeFile(name, vectors, new PpcVectorRunner());
    expect(failures).toEqual([]);
    expect([...notRun.keys()]).toEqual([]);
    expect(passed).toBe(vectors.length);
  });

  it('is disassembled as by objdump', () => {
    const runner = new PpcVectorRunner();
    expect(vectors.map((vector) => judgeText(vector, runner)).filter(({ kind }) => kind !== 'passed')).toEqual([]);
  });
});

describe.each([['ppc64-asm.json', 357], ['ppc64-spelling.json', 3500]] as const)('%s', (name, count) => {
  it('is disassembled as by objdump', () => {
    const vectors = readVectors(path.join(FOLDER, `${name}.br`));
    const { passed, failures } = judgeFile(name, vectors, new PpcVectorRunner());
    expect(failures).toEqual([]);
    expect(passed).toBe(count);
  });
});

describe('the instruction table', () => {
  it('has a vector for every mnemonic that the disassembler prints', () => {
    // objdump prints these for a bcctr that counts, which GNU as refuses.
    expect(uncovered(PPC, coverageOf(PPC, FOLDER))).toEqual(['bcctr+', 'bcctr-', 'bcctrl+', 'bcctrl-']);
  });
});
