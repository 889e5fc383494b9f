import { describe, expect, it } from 'vitest';
import { IncludeGraph } from '../../src/language/includeGraph.ts';
import { type LinkedSource, SourceLinks } from '../../src/language/sourceLinks.ts';
import { sourceOutline } from '../../src/language/sourceOutline.ts';

function graphOf(files: Readonly<Record<string, string>>): IncludeGraph {
  const graph = new IncludeGraph();
  for (const [file, included] of Object.entries(files)) graph.set(file, included.split(' ').filter((name) => name !== ''));
  return graph;
}

describe('an include graph', () => {
  const graph = graphOf({ 'a.s': 'all.inc', 'b.s': 'defs.inc', 'c.s': 'other.inc', 'all.inc': 'defs.inc' });

  it('finds the sources that a file is assembled in, through files between', () => {
    expect(graph.programsOf('defs.inc')).toEqual(['a.s', 'b.s']);
    expect(graph.programsOf('a.s')).toEqual(['a.s']);
    expect(graph.programsOf('unknown.s')).toEqual(['unknown.s']);
  });

  it('finds all programs that a name in a file may reach', () => {
    expect(graph.relatedPrograms('all.inc')).toEqual(['a.s', 'b.s']);
    expect(graph.relatedPrograms('c.s')).toEqual(['c.s']);
  });

  it('takes a file in a circle for a program', () => {
    const circle = graphOf({ 'a.inc': 'b.inc', 'b.inc': 'a.inc', 'self.s': 'self.s' });
    expect(circle.programsOf('a.inc')).toEqual(['a.inc']);
    expect(circle.programsOf('self.s')).toEqual(['self.s']);
  });

  it('forgets what is not included any more', () => {
    const changing = graphOf({ 'a.s': 'x.inc' });
    changing.set('a.s', []);
    expect(changing.programsOf('x.inc')).toEqual(['x.inc']);
    changing.set('b.s', ['x.inc']);
    changing.delete('b.s');
    expect(changing.programsOf('x.inc')).toEqual(['x.inc']);
  });
});

it('an outline has what words define, export and use, and the files that they name, and nothing from texts and comments', () => {
  const { definitions, includes, exports, uses } = sourceOutline('a.s', ' .include "x.inc" # .include "y.inc"\n .ascii ".include \\"z.inc\\""\nx: .include "w.inc"\n.Lx: y = 1\n .macro m\n1: .endm\n .comm z, 4\n .globl x, go\n bl far\n lwz r3, z@l(r4)\n .section q\n');
  expect([...exports]).toEqual(['z', 'x', 'go']);
  expect([...uses]).toEqual(['far', 'r3', 'z', 'r4']);
  expect(includes).toEqual(['x.inc', 'w.inc']);
  expect(definitions.map(({ name, kind, span }) => `${kind} ${name} ${String(span.line)}`)).toEqual(['label x 3', 'label .Lx 4', 'constant y 4', 'macro m 5', 'label z 7']);
});

describe('links between sources', () => {
  const source = (key: string, exported: string, wanted: string): LinkedSource => {
    const set = (names: string): ReadonlySet<string> => new Set(names.split(' ').filter((name) => name !== ''));
    return { key, folder: key.replace(/[^/]*$/, ''), exports: set(exported), wants: set(wanted) };
  };
  const links = new SourceLinks([
    source('x/main.s', '_start', 'print r3'), source('x/text.s', 'print', 'width'), source('y/text.s', 'print', ''), source('y/own.s', '_start', ''), source('z/far.s', 'width', 'twice'),
    source('z/a.s', 'twice', ''), source('z/b.s', 'twice', ''),
  ]);

  it('go to the one source of the folder that exports a name, else to the one source at all', () => {
    expect(links.provider('x/main.s', 'print')).toBe('x/text.s');
    expect(links.provider('x/text.s', 'width')).toBe('z/far.s');
    expect(links.provider('z/far.s', 'twice')).toBeUndefined();
    expect(links.provider('x/main.s', 'r3')).toBeUndefined();
  });

  it('are known from both ends', () => {
    expect(links.neighbours('x/text.s')).toEqual(['z/far.s', 'x/main.s']);
    expect(links.isTakenFrom('x/text.s')).toBe(true);
    expect(links.isTakenFrom('y/text.s')).toBe(false);
    expect(links.neighbours('y/own.s')).toEqual([]);
  });
});
