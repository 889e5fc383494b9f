/** Formatting changes where things stand and nothing else: what a program assembles to is the measure. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatOptions, formattedLines } from '../../src/language/format/format.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';

const MNEMONICS = newMnemonics();
const SPACES: FormatOptions = { tabSize: 8, insertSpaces: true };
const OPTIONS: readonly FormatOptions[] = [SPACES, { tabSize: 8, insertSpaces: false }, { tabSize: 3, insertSpaces: false }];

function formatted(text: string, options = SPACES): string {
  const lines = text.split('\n');
  for (const { line, text: changed } of formattedLines(lines, options)) lines[line - 1] = changed;
  return lines.join('\n');
}

/** What a source means: bytes at their addresses, symbols, and mistakes without the columns that formatting moves. */
function meaning(text: string, file: string): unknown {
  const folder = path.dirname(file);
  const { assembly, errors } = new SourceAnalysis(file, text, MNEMONICS, {
    text: (name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') }),
    bytes: (name) => readFileSync(path.join(folder, name)),
  }).survey;
  const squeezed = errors.map(({ line, message }) => `${String(line)} ${message.replace(/\s+/g, '')}`).sort();
  return {
    squeezed,
    segments: assembly?.program.segments,
    symbols: assembly?.program.symbols,
    rows: assembly?.listing.map(({ address, bytes, place }) => [address, place.line, [...bytes]]),
  };
}

function expectSameMeaning(text: string, file = 'test.s'): void {
  for (const options of OPTIONS) {
    const once = formatted(text, options);
    expect(meaning(once, file)).toEqual(meaning(text, file));
    expect(formatted(once, options)).toBe(once);
  }
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[sS]$/.test(name)).map((name) => path.join(folder, name));
const EXAMPLES = sourcesIn('examples');
const SOURCES = [...EXAMPLES, ...sourcesIn('test')];

describe('layout', () => {
  it('puts labels at the margin and the rest in columns', () => {
    expect(formatted('  start:li   r3,1#one\n\tadd r3 ,r4,  r5   // sum\nx : y:b  start;;nop\n  size=4\n')).toBe([
      'start:  li      r3, 1                           #one',
      '        add     r3, r4, r5                      // sum',
      'x: y:   b       start;; nop',
      '        size = 4',
      '',
    ].join('\n'));
  });

  it('lines up data behind labels, and comments behind code', () => {
    const long = '        .long   1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14';
    expect(formatted(`text: .ascii  "a ,b"  # one\nlonger_name: .byte 1,2\n${long} # two\n`)).toBe([
      `${'text:           .ascii  "a ,b"'.padEnd(64)}# one`,
      'longer_name:    .byte   1, 2',
      `${long.padEnd(64)}# two`,
      '',
    ].join('\n'));
  });

  it('writes tabs where the editor does', () => expect(formatted('x: li r3,1 # one', { tabSize: 8, insertSpaces: false })).toBe('x:\tli\tr3, 1\t\t\t\t# one'));

  it('leaves block comments of several lines and lines with an open string as they are', () => {
    const text = '/* one\n   two,three\n */ nop\n  .ascii "a,  b\n';
    expect(formatted(text)).toBe(text);
  });

  it('keeps characters, strings and the text that a condition compares', () => {
    expect(formatted(".byte ',',' ,1\n.ifc a  b,a  b\n.irpc x,a  b\n")).toBe("        .byte   ',', ' , 1\n        .ifc    a  b,a  b\n        .irpc   x,a  b\n");
  });

  it('changes no line outside the range', () => {
    expect(formattedLines([' nop', ' nop', ' nop'], SPACES, 2, 2).map(({ line }) => line)).toEqual([2]);
  });

  it('formats a line as it would with all others', () => {
    const text = ['/* one', 'x:  .byte 1 # data outside', '*/', 'label_of_data: .byte 2', '', ' .long 3 # one', ' nop # two', '', 'x: nop'];
    const whole = formattedLines(text, SPACES);
    expect(text.flatMap((_, index) => formattedLines(text, SPACES, index + 1, index + 1))).toEqual(whole);
    expect(formattedLines(text, SPACES, 0, 0)).toEqual([]);
  });

  it.each(EXAMPLES)('finds %s formatted', (file) => {
    expect(formattedLines(readFileSync(file, 'utf8').split('\n'), SPACES)).toEqual([]);
  });
});

describe('formatting keeps what a source means', () => {
  it.each(SOURCES)('%s', (file) => { expectSameMeaning(readFileSync(file, 'utf8'), file); });

  const MACROS = '_start: nop\n.macro twice  op , n:req\n\\op ; \\op\n.rept \\n ;nop\n.endr\nat\\@ :b  at\\@\n.endm\n.macro any a,b=2 , rest:vararg\n .ascii "\\a" ,"\\rest"\n.balign 4\n.ifc \\a,a b\nnop\n.endif\n.endm\n';
  /** `~` stands for blanks that may be there, `_` for those that must; `@` for a number that no other statement has. */
  const RIGHT = [
    'li_r3~,~1', 'lwz_r4~,~8(r1)', 'addi_r3~,~r3~,~-1 + 2', 'sc', 'bdnz+_.', "~.byte_','~,~' '~,~'a',1", '.ascii_"a  ,#;\\"b"~,~"/*";~.balign_4', '.long_1~,~(2)~,/* , */~3',
    '.equ_size@~,~4', 'twice_nop~,~3', 'any_"a  b"~,~3~,~c , d~,~(1~,~2);~.balign_4', '.rept_2~;~nop~;~.endr', '.ifc_a b,a b~;~sc~;~.endif', '.if_1 == 2~;~sc;~.else~;~nop~;~.endif',
    '.irp_x~,~1_2~,~3~;~li_r\\x~,~\\x~;~.endr', '.irpc_x,12~;~li_r\\x~,~1;~.endr', '.balign_16', 'value~=~3', 'name@~:~nop', 'name@:~1~:~b_1b', 'aRatherLongLabel@~:~.long_1', '',
    '.data~;~.long_2~;~.previous', '.section_.spu.one~,~"ax";~ai_$3~,~$3~,~1;~.text',
  ];
  const WRONG = ['.endr', '.else', '.endif', '.if_1', '.rept_2', 'nonsense_r3~,~4', 'li_r3', '.data', '.section_.spu.one~,~"ax"', 'ai_$3~,~$3~,~1', ',', 'x@~::~nop', '\\y_1~,~2', '.endm', '.macro_m@'];
  const COMMENTS = ['', '', '# a;b, c', '// "d', '/* e, */', '/* f\n  g,h */~nop', '#'];
  const blanks = fc.infiniteStream(fc.constantFrom('', ' ', '\t', '  ', ' \t '));
  const sources = (pool: readonly string[]): fc.Arbitrary<string> => {
    const line = fc.tuple(fc.array(fc.constantFrom(...pool), { maxLength: 3 }), fc.constantFrom(...COMMENTS)).map(([parts, comment]) => `~${parts.join('~;~')}~${comment}`);
    return fc.tuple(fc.array(line, { maxLength: 12 }), blanks).map(([lines, gaps]) => {
      let number = 0;
      const next = (): string => [...gaps.take(1)].join('');
      return MACROS + lines.join('\n').replace(/@/g, () => String(number++)).replace(/~/g, next).replace(/_/g, () => next() || ' ');
    });
  };

  it('in any layout', () => {
    fc.assert(fc.property(sources(RIGHT), (text) => {
      expect(new SourceAnalysis('test.s', text, MNEMONICS, { text: () => undefined, bytes: () => undefined }).survey.errors).toEqual([]);
      expectSameMeaning(text);
    }), { numRuns: 100 });
  });

  it('with its mistakes', () => { fc.assert(fc.property(sources([...RIGHT, ...WRONG]), (text) => { expectSameMeaning(text); }), { numRuns: 100 }); });

  it('loses no text of sources with any mistakes', () => {
    const solid = (text: string): string => text.replace(/[ \t]/g, '');
    const mutated = fc.tuple(fc.constantFrom(...SOURCES), fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('"', "'", '/*', '*/', '\\', ';', ',', ':', '=', '#', '\t', '\n', 'é')), { maxLength: 8 }));
    fc.assert(fc.property(mutated, ([file, edits]) => {
      let text = readFileSync(file, 'utf8').slice(0, 3000);
      for (const [at, removed, added] of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + added + text.slice(place + removed);
      }
      const once = formatted(text);
      expect(solid(once)).toBe(solid(text));
      expect(formatted(once)).toBe(once);
    }), { numRuns: 300 });
  });
});
