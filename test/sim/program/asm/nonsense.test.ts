/** Whatever a file holds, it gives a program or errors with places in it: never another exception. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleText, errorsOf } from '../../../support/assembly.ts';

const WORDS = [
  '.macro', '.endm', '.rept', '.endr', '.irp', '.irpc', '.if', '.else', '.elseif', '.endif', '.exitm', '.include', '.incbin', '.section',
  '.spu.x', '.text', '.data', '.bss', '.previous', '.pushsection', '.popsection', '.set', '.equ', '.globl', '.comm', '.lcomm', '.size', '.type',
  '.byte', '.long', '.quad', '.word', '.octa', '.float', '.ascii', '.asciz', '.uleb128', '.sleb128', '.align', '.balign', '.org', '.space', '.fill',
  'addi', 'lwz', 'bne+', 'bdnz-', 'rlwinm', 'b', 'il', 'lqd', 'brnz', 'wrch', 'nop', 'm', '\\a', '\\@', '\\()', 'a', 'b:', '1:', '1b', '1f', '.L1', '.',
  '3', '-1', '0x10', '0b', '08', '1e9', '99999999999999999999', 'r3', '%r4', 'cr1', '4*cr1+eq', '$3', '$ch29', '"', '"text"', "'", "'a'", '#', '//', '/*', '*/',
  ',', ';', '=', '==', ':', '(', ')', '+', '-', '*', '/', '%', '<<', '>>', '!', '~', '&&', '@l', '@ha', '@ppu', '@toc', '@', '\t', '\n', '\n', '\n', '\u{1f600}',
] as const;

function checkPlaces(text: string): void {
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { file, line, column, message } of errorsOf(() => assembleText(text))) {
    expect(file).toBe('test.s');
    expect(line).toBeGreaterThanOrEqual(0);
    expect(line).toBeLessThanOrEqual(lines);
    expect(column).toBeGreaterThanOrEqual(line > 0 ? 1 : 0);
    expect(message).toMatch(/^[".A-Z].*[.?)]$/su);
  }
}

describe('nonsense', () => {
  it('of words that mean something', () => {
    const line = fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (text) => { checkPlaces(`_start: nop\n${text.join('\n')}`); }), { numRuns: 500 });
  });

  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => { checkPlaces(text); }), { numRuns: 200 });
  });

  it('of programs with damage', () => {
    const sample = readFileSync(new URL('samples/macros.s', import.meta.url), 'utf8');
    fc.assert(fc.property(fc.nat(sample.length), fc.nat(40), fc.constantFrom('', ...WORDS), (at, length, word) => {
      checkPlaces(sample.slice(0, at) + word + sample.slice(at + length));
    }), { numRuns: 150 });
  });
});
