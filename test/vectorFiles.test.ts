import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { judgeFile, readVectors, vectorFiles } from './support/vectors.ts';
import { PpcVectorRunner } from './support/vectorsPpc.ts';

const GOOD = { id: 'x-1', mn: 'li', asm: 'li 3,5', enc: '38600005', dis: 'li r3,5', in: {}, out: { r3: '5' } };

const folder = mkdtempSync(path.join(tmpdir(), 'refault-vectors-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

function file(name: string, content: string | Uint8Array): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

function judge(...vectors: readonly object[]): ReturnType<typeof judgeFile> {
  return judgeFile('ppc.json', readVectors(file('ppc.json', JSON.stringify(vectors))), new PpcVectorRunner());
}

describe('damaged vector files', () => {
  it.each([
    ['not JSON', '[{', /^ppc-bad\.json: not a JSON file \(.+\)\.$/],
    ['no list', '{}', 'ppc-bad.json: not a list of vectors; a vector file is one JSON array.'],
    ['no vector', '[3]', 'ppc-bad.json: vector number 1 has no "enc".'],
    ['no text', JSON.stringify([{ id: 'a', mn: 'b', asm: 'c', enc: '0' }]), 'ppc-bad.json: vector a has no "dis".'],
    ['bad word', JSON.stringify([{ ...GOOD, enc: '386000050' }]), 'ppc-bad.json: vector x-1: "enc" is not a hex number of at most 32 bits.'],
    ['bad register', JSON.stringify([{ ...GOOD, in: { r3: 'zz' } }]), 'ppc-bad.json: vector x-1: "in.r3" is not a hex number of at most 128 bits.'],
    ['no result', JSON.stringify([{ ...GOOD, out: 3 }]), 'ppc-bad.json: vector x-1: "out" is not an object of registers.'],
    ['half a byte', JSON.stringify([{ ...GOOD, mem: { 1000: '123' } }]), 'ppc-bad.json: vector x-1: the memory at 1000 is not a string of hex bytes.'],
  ])('%s', (_, content, message) => {
    expect(() => readVectors(file('ppc-bad.json', content))).toThrow(message);
  });

  it('a register that the processor does not have', () => {
    expect(() => judge({ ...GOOD, in: { r99: '1' } })).toThrow('ppc.json: vector x-1 names a register "r99" that the PPE does not have.');
  });

  it('a compressed file that is none', () => {
    expect(() => readVectors(file('ppc-bad.json.br', 'nonsense'))).toThrow(/^ppc-bad\.json: not a JSON file/);
  });

  it('a folder that is not there, or holds no vectors', () => {
    expect(() => vectorFiles(path.join(folder, 'nowhere'))).toThrow(/cannot be read; name a folder of vector files/);
    expect(() => vectorFiles(mkdtempSync(path.join(folder, 'empty-')))).toThrow(/holds no vector files/);
  });
});

describe('what a runner finds', () => {
  it('reads compressed files too', () => {
    expect(readVectors(file('ppc.json.gz', gzipSync(JSON.stringify([GOOD]))))).toHaveLength(1);
  });

  it.each([
    ['a wrong result', { ...GOOD, out: { r3: '6' } }, 'r3 is 5, not 6'],
    ['a register that must not change', { ...GOOD, out: {} }, 'r3 is 5, not 0'],
    ['a wrong next address', { ...GOOD, out: { r3: '5', nia: '8' } }, 'the next instruction is at 10000004, not 8'],
    ['a trap that does not come', { ...GOOD, out: { trap: 1 } }, 'it does not trap (exit code 0)'],
    ['a store where there should be none', { ...GOOD, enc: '90640000', in: { r4: '2000', r3: '7' }, out: {}, mem: { 2000: '00000000' } }, 'the byte at 2003 is 07, not 00'],
    ['an access to what is not there', { ...GOOD, enc: '80640000', out: {} }, 'it leaves the engine with code 2'],
  ])('%s', (_, vector, why) => {
    expect(judge(vector).failures).toEqual([{ id: 'x-1', why }]);
  });

  it('compares under masks, and only what a suite printed', () => {
    expect(judge({ ...GOOD, out: { r3: '4' }, mask: { r3: 'fe' } }, { ...GOOD, out: {}, src: 'suite:1' }).passed).toBe(2);
  });

  it('does not run what has no meaning, and counts it', () => {
    expect(judge({ ...GOOD, mn: 'attn', enc: '00000200' }).notRun).toEqual(new Map([['attn', 1]]));
  });
});
