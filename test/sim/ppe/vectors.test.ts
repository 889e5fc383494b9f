import path from 'node:path';
import { describe, expect, it } from 'vitest';
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

describe('ppc64-asm.json', () => {
  it('is disassembled as by objdump', () => {
    const vectors = readVectors(path.join(FOLDER, 'ppc64-asm.json.br'));
    const { passed, failures } = judgeFile('ppc64-asm.json', vectors, new PpcVectorRunner());
    expect(failures).toEqual([]);
    expect(passed).toBe(357);
  });
});
