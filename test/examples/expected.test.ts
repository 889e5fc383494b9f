/** Every example does what its expected table says, under both kernels, and every table has its example. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleNames, expectedNames } from '../../scripts/examples/names.ts';
import { transcript } from '../../scripts/examples/transcript.ts';

const examples = exampleNames();
const hazards = examples.filter((name) => name.startsWith('hazards/'));

describe('examples', () => {
  it('and expected tables belong together', () => { expect(expectedNames()).toEqual(examples); });

  it.each(examples)('%s prints what examples/expected says ("node scripts/run.mjs expected" writes it anew)', async (name) => {
    expect(await transcript(name, readFileSync(`examples/${name}.s`, 'utf8'))).toBe(readFileSync(`examples/expected/${name}.txt`, 'utf8'));
  });

  it.each(examples)('%s says which rows of the fault table it shows, or that it shows none', (name) => {
    expect(readFileSync(`examples/${name}.s`, 'utf8')).toMatch(/\brows? \d+|no fault has to do with/);
  });

  it.each(hazards)('%s has a page that says what to look at', (name) => {
    expect(existsSync(`docs/${name}.md`)).toBe(true);
  });
});
