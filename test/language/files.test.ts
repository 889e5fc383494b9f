/** Names of programs that lie in several files. Which file an `.include` brings, and what its text means there, is the assembler's to say. */
import { describe, expect, it } from 'vitest';
import { proposalsAt } from '../../src/language/completion.ts';
import { diagnosticsOf, diagnosticsOfPrograms } from '../../src/language/diagnostics.ts';
import { includedAt } from '../../src/language/includes.ts';
import { nameHelpAt } from '../../src/language/nameHelp.ts';
import { occurrencesIn } from '../../src/language/references.ts';
import { renamableAt, renameAt } from '../../src/language/rename.ts';
import { semanticTokens } from '../../src/language/semanticTokens.ts';
import { signatureAt } from '../../src/language/signatureHelp.ts';
import { atMark, changed, fileOf, programOf, resolverOf, type Texts } from '../support/sourceFiles.ts';

/** `path:line:column` of each occurrence of what is marked with `|`, in the programs of these sources. */
function found(marked: Texts, sources: readonly string[] = Object.keys(marked).slice(0, 1)): string[] {
  const { texts, path, at } = atMark(marked);
  return occurrencesIn(sources.map((source) => programOf(texts, source)), path, at)
    .map(({ path: file, span, definition }) => `${file}:${String(span.line)}:${String(span.start)}${definition ? ' definition' : ''}`).sort();
}

function renamed(marked: Texts, name: string, sources: readonly string[] = Object.keys(marked).slice(0, 1)): Texts | { readonly refused: string; readonly program?: string } {
  const { texts, path, at } = atMark(marked);
  const result = renameAt(sources.map((source) => programOf(texts, source)), path, at, name, resolverOf(texts));
  return 'refused' in result ? result : changed(texts, result);
}

describe('references', () => {
  it('go through included files, and the files that those include, by the paths that each writes', () => {
    expect(found({
      '/a.s': ' .include "lib/x.inc"\n_start: li r3, SI|ZE\n',
      '/lib/x.inc': ' .include "y.inc"\n .long SIZE\n',
      '/lib/y.inc': 'SIZE = 4\n',
    })).toEqual(['/a.s:2:16', '/lib/x.inc:2:8', '/lib/y.inc:1:1 definition']);
  });

  it('start from an included file too', () => {
    expect(found({ '/a.s': ' .include "x.inc"\n_start: b done\n', '/x.inc': 'do|ne: blr\n' })).toEqual(['/a.s:2:11', '/x.inc:1:1 definition']);
  });

  it('are those of each program that has the file', () => {
    const files = { '/a.s': ' .include "x.inc"\nready: b go\n', '/b.s': ' .include "x.inc"\nready: nop\n', '/x.inc': 'go: b rea|dy\n' };
    expect(found(files, ['/a.s', '/b.s'])).toEqual(['/a.s:2:1 definition', '/b.s:2:1 definition', '/x.inc:1:7']);
  });

  it('do not leave the program that has a symbol for one that has another of that name', () => {
    const files = { '/a.s': ' .include "x.inc"\nrea|dy: b go\n', '/b.s': ' .include "x.inc"\nready: nop\n', '/x.inc': 'go: b ready\n' };
    expect(found(files, ['/a.s', '/b.s'])).toEqual(['/a.s:2:1 definition', '/x.inc:1:7']);
  });

  it('follow macros and numbered labels into files (gas manual, "Symbol Names")', () => {
    expect(found({ '/a.s': ' .include "x.inc"\n_start: pu|sh\n', '/x.inc': '.macro push\n nop\n.endm\n' })).toEqual(['/a.s:2:9', '/x.inc:1:8 definition']);
    expect(found({ '/a.s': '1: nop\n .include "x.inc"\n b 1|b\n', '/x.inc': ' b 1b\n1: nop\n' })).toEqual(['/a.s:3:4', '/x.inc:2:1 definition']);
  });

  it('know that constants of a file are those of every section that includes it', () => {
    expect(found({
      '/a.s': ' .include "x.inc"\n li r3, SI|ZE\n .section .spu.worker, "ax"\n .include "x.inc"\n il $3, SIZE\n',
      '/x.inc': ' .set SIZE, 4\n',
    })).toEqual(['/a.s:2:9', '/x.inc:1:7 definition']);
    expect(found({
      '/a.s': ' .include "x.inc"\n li r3, SIZE\n .section .spu.worker, "ax"\n .include "x.inc"\n il $3, SIZE\n',
      '/x.inc': ' .set SI|ZE, 4\n',
    })).toEqual(['/a.s:2:9', '/a.s:5:9', '/x.inc:1:7 definition']);
  });

  it('find labels of SPU programs in PowerPC code', () => {
    expect(found({ '/a.s': '_start: lis r3, worker.lo|op@ha\n .section .spu.worker, "ax"\nloop: br loop\n' })).toEqual(['/a.s:1:24', '/a.s:3:1 definition', '/a.s:3:10']);
  });

  it('find SPU programs by their names in PowerPC code, where the section begins or the file', () => {
    const section = { '/a.s': '_start: lis r3, wor|ker@ha\n li r4, worker_end-worker\n .long worker.loop\n .section .spu.worker, "ax"\nloop: br loop\n .section .spu.worker.data, "aw"\n' };
    expect(found(section)).toEqual(['/a.s:1:17', '/a.s:2:20', '/a.s:2:9', '/a.s:3:8', '/a.s:4:16 definition', '/a.s:6:16']);
    expect(found({ '/a.s': '_start: lis r3, wor|ker@ha\n .quad worker.loop\n', '/worker.spu.s': 'loop: br loop\n' }, ['/a.s', '/worker.spu.s'])).toEqual(['/a.s:1:17', '/a.s:2:8', '/worker.spu.s:1:1 definition']);
    expect(found({ '/a.s': '_start: nop\n .quad worker.lo|op\n', '/worker.spu.s': 'loop: br loop\n' }, ['/a.s', '/worker.spu.s'])).toEqual(['/a.s:2:15', '/worker.spu.s:1:1 definition', '/worker.spu.s:1:10']);
  });

  it('know the processor of a macro by where it is called', () => {
    expect(found({ '/a.s': '.macro spin\n br lo|op\n.endm\nloop: b loop\n .section .spu.worker, "ax"\nloop: spin\n' })).toEqual(['/a.s:2:5', '/a.s:6:1 definition']);
  });
});

describe('rename', () => {
  const TWO = {
    '/a.s': ' .include "x.inc"\n_start: bl go\nready: nop\n',
    '/b.s': ' .include "x.inc"\n_start: bl go\nready: blr\n',
    '/x.inc': 'go: b rea|dy\n',
  };

  it('changes every file of every program that has the name', () => {
    expect(renamed(TWO, 'done', ['/a.s', '/b.s'])).toEqual({
      '/a.s': ' .include "x.inc"\n_start: bl go\ndone: nop\n',
      '/b.s': ' .include "x.inc"\n_start: bl go\ndone: blr\n',
      '/x.inc': 'go: b done\n',
    });
    expect(renamed({ ...TWO, '/a.s': TWO['/a.s'].replace('ready', 'rea|dy'), '/x.inc': 'go: b ready\n' }, 'done', ['/a.s', '/b.s'])).toMatchObject({ '/b.s': ' .include "x.inc"\n_start: bl go\ndone: blr\n' });
  });

  it('refuses a name that is taken in another program that has the file, and says in which', () => {
    const files = { ...TWO, '/b.s': `${TWO['/b.s']}done: nop\n` };
    expect(renamed(files, 'done', ['/a.s', '/b.s'])).toEqual({ refused: 'meaning', program: '/b.s' });
  });

  it('refuses to make two constants of one value one', () => {
    expect(renamed({ '/a.s': '.set O|NE, 1\n.set FIRST, 1\n_start: li r3, ONE\n li r4, FIRST\n' }, 'FIRST')).toMatchObject({ refused: 'meaning' });
  });

  it('refuses in a program with mistakes what makes another one', () => {
    expect(renamed({ '/a.s': '_start: lwzz r3\nlo|op: b loop\nend: b end\n' }, 'end')).toMatchObject({ refused: 'meaning' });
    expect(renamed({ '/a.s': '_start: lwzz r3\nlo|op: b loop\nend: b end\n' }, 'top')).toEqual({ '/a.s': '_start: lwzz r3\ntop: b top\nend: b end\n' });
  });

  it('gives an SPU program another name everywhere, but none that is a file\'s', () => {
    const texts = { '/a.s': '_start: lis r3, wor|ker@ha\n .long worker_end, worker_entry, worker.loop\n .section .spu.worker, "ax"\nloop: br loop\n' };
    expect(renamed(texts, 'helper')).toEqual({ '/a.s': '_start: lis r3, helper@ha\n .long helper_end, helper_entry, helper.loop\n .section .spu.helper, "ax"\nloop: br loop\n' });
    expect(renamed({ '/a.s': '_start: lis r3, wor|ker@ha\n', '/worker.spu.s': 'loop: br loop\n' }, 'helper', ['/a.s', '/worker.spu.s'])).toMatchObject({ refused: 'file' });
  });

  it('says beforehand what it would rename: a numbered label without its direction, a label of an SPU program without the program', () => {
    const place = (marked: Texts): unknown => {
      const { texts, path, at } = atMark(marked);
      const name = renamableAt([programOf(texts)], path, at);
      return name && [name.text, name.span.start, name.span.end];
    };
    expect(place({ '/a.s': '1: b 1|b\n' })).toEqual(['1', 6, 7]);
    expect(place({ '/a.s': ' .long worker.lo|op\n .section .spu.worker, "ax"\nloop: br loop\n' })).toEqual(['loop', 15, 19]);
    expect(place({ '/a.s': ' li r|3, 4\n' })).toBeUndefined();
  });
});

describe('sources that are assembled together', () => {
  const FILES = { '/x/main.s': '_start: bl pri|nt\n', '/x/text.s': ' .globl print\nprint: blr\n', '/y/text.s': ' .globl print\nprint: blr\n' };
  const SOURCES = Object.keys(FILES);

  it('have what one exports and another does not define in common', () => {
    expect(found(FILES, SOURCES)).toEqual(['/x/main.s:1:12', '/x/text.s:1:9', '/x/text.s:2:1 definition']);
    expect(renamed(FILES, 'write', SOURCES)).toMatchObject({ '/x/main.s': '_start: bl write\n', '/x/text.s': ' .globl write\nwrite: blr\n', '/y/text.s': FILES['/y/text.s'] });
  });

  it('keep what each has for itself', () => {
    const files = { '/x/main.s': '_start: bl pri|nt\nprint: blr\n', '/x/text.s': ' .globl print\nprint: blr\n' };
    expect(found(files, Object.keys(files))).toEqual(['/x/main.s:1:12', '/x/main.s:2:1 definition']);
  });

  it('refuse a name that the other source has for itself, or that another exports', () => {
    expect(renamed({ ...FILES, '/x/main.s': '_start: bl pri|nt\nwrite: blr\n' }, 'write', SOURCES)).toMatchObject({ refused: 'meaning' });
    const more = { ...FILES, '/x/more.s': ' .globl write\nwrite: blr\n' };
    expect(renamed(more, 'write', Object.keys(more))).toMatchObject({ refused: 'meaning' });
  });

  it('may be without code', () => {
    const [diagnostic] = diagnosticsOfPrograms([programOf({ '/x/data.s': ' .data\n .globl table\ntable: .long 1\n' })]);
    expect(diagnostic).toMatchObject({ severity: 'doubt' });
    expect(diagnosticsOfPrograms([programOf({ '/x/main.s': '_start: bl print\n' })])[0]).toMatchObject({ severity: 'doubt', symbol: 'print', source: '/x/main.s' });
  });
});

describe('an included file', () => {
  const FILES = { '/a.s': ' .equ SIZE, 4\n .section .spu.worker, "ax"\n_start: nop\n .include "x.inc"\n', '/x.inc': ' il $3, SIZE\n lwz $3\n b|r _start\n' };

  it('is judged by what the program has defined before it, in the section that includes it', () => {
    const { texts } = atMark(FILES);
    expect(diagnosticsOf(fileOf(programOf(texts), '/x.inc')).map(({ span, message }) => `${String(span.line)} ${message}`)).toEqual([
      expect.stringMatching(/^2 .*"lwz"/),
    ]);
  });

  it('is offered the names and the instructions of its program', () => {
    const { texts } = atMark(FILES);
    const program = programOf({ ...texts, '/x.inc': ' br _\n i\n' });
    const texts_ = (line: number, column: number): string[] => proposalsAt(fileOf(program, '/x.inc'), { line, column }).items.map(({ text }) => text);
    expect(texts_(1, 6)).toContain('_start');
    expect(texts_(2, 3)).toContain('ilhu');
    expect(texts_(2, 3)).not.toContain('isync');
  });

  it('shows names as what its program makes of them', () => {
    const { texts } = atMark(FILES);
    const tokens = semanticTokens(fileOf(programOf(texts), '/x.inc'), 1, 1).map(({ span, type, modifiers }) => [span.start, type, ...modifiers]);
    expect(tokens).toContainEqual([9, 'variable', 'readonly']);
  });
});

describe('help', () => {
  const FILES = { '/a.s': ' .include "x.inc"\n_start: li r3, SI|ZE\n push r3, \n', '/x.inc': '\n# Bytes of a line.\n// Always.\nSIZE = 128 # hardware\n\n# Saves a register.\n.macro push reg:req, step=16, more\n.endm\n' };
  const { texts, path, at } = atMark(FILES);
  const program = programOf(texts);

  it('says where a name is defined, its value, and the comment above', () => {
    expect(nameHelpAt(fileOf(program, path), at)).toEqual({
      path: '/x.inc', line: 4, text: 'SIZE = 128 # hardware', doc: 'Bytes of a line.\nAlways.', value: 128n, span: { line: 2, start: 16, end: 20 },
    });
    expect(nameHelpAt(program, { line: 3, column: 3 })).toMatchObject({ path: '/x.inc', line: 7, doc: 'Saves a register.' });
    expect(nameHelpAt(program, { line: 2, column: 10 })).toBeUndefined();
  });

  it('shows the parameters of macros', () => {
    const help = signatureAt(program, { line: 3, column: 11 });
    expect(help?.operand).toBe(1);
    expect(help?.forms.map(({ syntax, doc }) => [syntax, doc])).toEqual([['push reg, step=16, [more]', 'Saves a register.']]);
    expect(help?.forms[0]?.operands.map(({ start, end }) => help.forms[0]?.syntax.slice(start, end))).toEqual(['reg', 'step=16', '[more]']);
  });

  it('proposes constants with their value and file', () => {
    expect(proposalsAt(program, { line: 2, column: 17 }).items).toContainEqual({ text: 'SIZE', kind: 'symbol', detail: '128, x.inc', doc: '' });
  });
});

describe('diagnostics of programs', () => {
  it('are those of each file once, with the programs that have them where not all do', () => {
    const files = { '/a.s': ' .equ SIZE, 1\n .include "x.inc"\n_start: nop\n', '/b.s': ' .include "x.inc"\n_start: bogus\n', '/x.inc': ' .long SIZE\n oops\n' };
    const shown = diagnosticsOfPrograms([programOf(files, '/a.s'), programOf(files, '/b.s')]).map(({ path, span, programs }) => [path, span.line, programs]);
    expect(shown.sort()).toEqual([['/b.s', 2, undefined], ['/x.inc', 1, ['/b.s']], ['/x.inc', 2, undefined]]);
  });

  it('have a place in a file that has no line', () => {
    expect(diagnosticsOfPrograms([programOf({ '/a.s': '' })]).map(({ span }) => span.line)).toEqual([1]);
  });
});

it('the name of a file in quotation marks leads to that file', () => {
  const marked = (text: string): unknown => {
    const { texts, at } = atMark({ '/a.s': text });
    return includedAt(programOf(texts), at);
  };
  expect(marked('x: .include "lib/d|efs.inc"\n')).toEqual({ name: 'lib/defs.inc', span: { line: 1, start: 14, end: 26 } });
  expect(marked(' .incbin "|blob", 4\n')).toMatchObject({ name: 'blob' });
  expect(marked(' .inc|lude "defs.inc"\n')).toBeUndefined();
  expect(marked(' .ascii "de|fs.inc"\n')).toBeUndefined();
});
