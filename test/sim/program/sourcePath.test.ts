/** Paths of sources as compilers write them. */
import { describe, expect, it } from 'vitest';
import { joinPath } from '../../../src/sim/program/sourcePath.ts';

describe('a directory and a file of a line table', () => {
  it.each([
    ['/build', 'a.c', '/build/a.c'],
    ['/build/', './sub/a.c', '/build/sub/a.c'],
    ['/build', '/other/a.c', '/other/a.c'],
    ['C:\\build', 'D:\\a.c', 'D:\\a.c'],
    ['', 'a.c', 'a.c'],
    ['memfs://work', 'a.c', 'memfs://work/a.c'],
    ['memfs://work', 'memfs://work', 'memfs://work'],
  ])('%s and %s are %s', (directory, file, path) => expect(joinPath(directory, file)).toBe(path));
});
