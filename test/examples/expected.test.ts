/** Every example does what its expected table says, under both kernels, and every table has its example. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { transcript } from '../../scripts/examples/transcript.ts';

const examples = readdirSync('examples').filter((file) => file.endsWith('.s')).map((file) => file.slice(0, -2)).sort();
const expected = readdirSync('examples/expected').map((file) => file.replace(/\.txt$/, '')).sort();

describe('examples', () => {
  it('and expected tables belong together', () => { expect(expected).toEqual(examples); });

  it.each(examples)('%s prints what examples/expected says ("node scripts/run.mjs expected" writes it anew)', async (name) => {
    expect(await transcript(name, readFileSync(`examples/${name}.s`, 'utf8'))).toBe(readFileSync(`examples/expected/${name}.txt`, 'utf8'));
  });

  it.each(examples)('%s says which rows of the fault table it shows, or that it shows none', (name) => {
    expect(readFileSync(`examples/${name}.s`, 'utf8')).toMatch(/\brows? \d+|no fault has to do with/);
  });
});
