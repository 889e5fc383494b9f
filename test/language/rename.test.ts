/** Whatever is renamed, in whatever files: programs assemble to the bytes that they had. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../src/language/names.ts';
import { renameAt } from '../../src/language/rename.ts';
import { assembleProgram } from '../../src/sim/program/load.ts';
import { changed, programOf, resolverOf, type Texts } from '../support/sourceFiles.ts';

/** What a program is when it runs. */
function meaning(texts: Texts, sources: readonly string[]): unknown {
  const bytes = (file: string): Uint8Array | undefined => texts[file] === undefined ? undefined : new TextEncoder().encode(texts[file]);
  const [first, ...others] = sources.map((name) => ({ name, bytes: bytes(name) ?? new Uint8Array(0) }));
  if (!first) return undefined;
  const { entry, toc, segments, spuImages } = assembleProgram({ ...first, others, readInclude: bytes }).program;
  return { entry, toc, segments, images: spuImages.map(({ segments: own, entry: start }) => ({ own, start })) };
}

const FRESH = 'name_that_nothing_has';

/** Renames the `choice`th name of programs of one or more sources; a name that nothing has is only refused to the symbols where programs start. */
function expectKept(texts: Texts, together: readonly (readonly string[])[], choice: number, newName: string): void {
  const sources = together.flat();
  const programs = sources.map((source) => programOf(texts, source));
  const names = programs.flatMap((program) => namesOf(program));
  const name = names[choice % names.length];
  if (!name) return;
  const result = renameAt(programs, name.path, { line: name.span.line, column: name.span.start }, name.numbered ? '77' : newName, resolverOf(texts));
  if ('refused' in result) {
    const isDefined = names.some(({ defines, identities }) => defines && identities.some((identity) => name.identities.includes(identity)));
    if (isDefined && (newName === FRESH || name.numbered)) expect(name.text).toMatch(/^(?:_start|main)$/);
    return;
  }
  const after = changed(texts, result);
  if (name.text !== newName) expect(after).not.toEqual(texts);
  for (const program of together) expect(meaning(after, program)).toEqual(meaning(texts, program));
}

const LABELS = ['go', 'ready', 'table', 'wait'] as const;
const CONSTANTS = ['SIZE', 'COUNT'] as const;
const NAMES = [...LABELS, ...CONSTANTS, 'bump', 'worker', '_start', FRESH];

/** A statement of either processor that names things, all of which each program defines. */
const powerPCLine = fc.oneof(
  fc.constantFrom(...LABELS).map((label) => ` b ${label}`),
  fc.constantFrom(...LABELS).map((label) => ` lis r3, ${label}@ha ; addi r3, r3, ${label}@l # ${label}`),
  fc.constantFrom(...CONSTANTS).map((name) => ` li r4, ${name}*2`),
  fc.constantFrom(...LABELS).map((label) => ` .long worker.${label}, ${label}-_start`),
  fc.constant(' bump r5'),
  fc.constant('1: cmpwi r3, SIZE\n beq 1b\n b 1f\n1:'),
  fc.constant(' .if SIZE > COUNT\n b go\n .else\n b table\n .endif'),
  fc.constant(' .rept COUNT\n li r3, SIZE\n .endr'),
  fc.constant(' .ascii "go ready SIZE"\n .balign 4'),
);
const spuLine = fc.oneof(
  fc.constantFrom(...LABELS).map((label) => ` br ${label}`),
  fc.constantFrom(...CONSTANTS).map((name) => ` il $3, ${name}`),
  fc.constantFrom(...LABELS).map((label) => ` .quad ${label}@ppu`),
  fc.constant('1: br 1b'),
);
const linesOf = (line: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

/** Two sources that include the same files, in the sections of both processors, by way of another file. */
const randomFiles = fc.record({
  code: linesOf(powerPCLine), spuCode: linesOf(spuLine), first: linesOf(powerPCLine), second: linesOf(powerPCLine), order: fc.shuffledSubarray([...LABELS], { minLength: 4 }),
}).map(({ code, spuCode, first, second, order }): Texts => {
  const source = (lines: string): string => [
    ' .include "lib/all.inc"', ' .text', '_start: li r3, SIZE', lines, ...order.slice(2).map((label) => `${label}: nop`), ' .include "lib/code.inc"',
    ' .section .spu.worker, "ax"', ' .include "lib/defs.inc"', ...order.map((label) => `${label}: il $4, COUNT`), ' .include "lib/spu.inc"', '',
  ].join('\n');
  return {
    '/a.s': source(first), '/b.s': source(second),
    '/lib/all.inc': ' .include "defs.inc"\n .macro bump reg\n addi \\reg, \\reg, SIZE\n .endm\n',
    '/lib/defs.inc': 'SIZE = 4\n .equ COUNT, 2\n',
    '/lib/code.inc': `${order.slice(0, 2).map((label) => `${label}: bump r6`).join('\n')}\n${code}\n`,
    '/lib/spu.inc': `${spuCode}\n`,
  };
});

/** Two sources that take labels from each other. */
const linkedFiles = fc.record({ owned: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), first: linesOf(linkedLine()), second: linesOf(linkedLine()) }).map(({ owned, first, second }): Texts => {
  const source = (lines: string, own: readonly string[]): string =>
    [' .text', ...own.map((label) => ` .globl ${label}\n${label}: nop`), 'inside: nop', lines, ''].join('\n');
  return {
    '/x/main.s': `_start: b inside\n${source(first, LABELS.filter((_, index) => owned[index]))}`,
    '/x/text.s': source(second, LABELS.filter((_, index) => !owned[index])),
  };
});

function linkedLine(): fc.Arbitrary<string> {
  return fc.constantFrom(...LABELS, 'inside').chain((label) => fc.constantFrom(` b ${label}`, ` .long ${label}-inside`, ` lis r3, ${label}@ha`));
}

describe('rename', () => {
  it('keeps the bytes of random programs of two sources', () => {
    fc.assert(fc.property(linkedFiles, fc.nat(), fc.constantFrom(...LABELS, 'inside', FRESH), (texts, choice, name) => {
      expectKept(texts, [Object.keys(texts)], choice, name);
    }), { numRuns: 150 });
  });

  it('keeps the bytes of random programs of several files', () => {
    fc.assert(fc.property(randomFiles, fc.nat(), fc.constantFrom(...NAMES), (texts, choice, name) => {
      expectKept(texts, [['/a.s'], ['/b.s']], choice, name);
    }), { numRuns: 150 });
  });

  it('keeps the bytes of real sources', () => {
    const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.s')).map((name) => path.join('/', name));
    const texts = Object.fromEntries(files.map((file) => [file, readFileSync(path.join('examples', file), 'utf8')]));
    fc.assert(fc.property(fc.constantFrom(...files), fc.nat(), fc.constantFrom(FRESH, 'buffer', 'context', 'loop'), (file, choice, name) => {
      expectKept({ [file]: texts[file] ?? '' }, [[file]], choice, name);
    }), { numRuns: 60 });
  });
});
