/**
 * Source paths come from three worlds: what a compiler wrote, what an editor opened, and what a
 * user typed. They are compared by their components, never through a file system.
 */

/** Components without `.`, empty ones and what `..` undoes; both slashes separate, a drive letter is lower case. */
function components(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.replace(/^([A-Za-z]):/, (drive) => drive.toLowerCase()).split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}

/** A directory may be a URI: `-fdebug-prefix-map` gives programs for an editor without a disk such ones. */
const isAbsolute = (path: string): boolean => /^([\\/]|[A-Za-z]:[\\/]|[A-Za-z][\w+.-]+:\/\/)/.test(path);

/** `name` seen from `directory`: a compiler's directory and file entry made one path. */
export function joinPath(directory: string, name: string): string {
  if (directory === '' || isAbsolute(name)) return name;
  const plain = name.replace(/^(\.\/+)+/, '');
  return directory === '.' ? plain : `${directory.replace(/\/+$/, '')}/${plain}`;
}

/** The path of the folder that a file is in, '' where its path names none. */
export function directoryOf(path: string): string {
  const directory = /^(.*)[\\/]/s.exec(path)?.[1];
  return directory === '' ? '/' : (directory ?? '');
}

/**
 * Which of `files` a path names, as indices: the exact one; else those that are the same once
 * normalised; else those that share the most trailing components, at least the file name.
 * Different files that fit equally well fit nobody: a guess would put a breakpoint into the wrong file.
 */
export function filesNamed(files: readonly string[], path: string): readonly number[] {
  const exact = files.indexOf(path);
  if (exact >= 0) return [exact];
  const wanted = components(path);
  const candidates = files.map((file, index) => {
    const parts = components(file);
    return { index, parts, shared: sharedTail(parts, wanted) };
  });
  const best = candidates.reduce((most, { shared }) => Math.max(most, shared), 0);
  if (best === 0) return [];
  const fitting = candidates.filter(({ shared }) => shared === best);
  const same = fitting.filter(({ parts }) => parts.length === wanted.length && best === wanted.length);
  const chosen = same.length > 0 ? same : fitting;
  const first = chosen[0]?.parts.join('/');
  return chosen.every(({ parts }) => parts.join('/') === first) ? chosen.map(({ index }) => index) : [];
}

function sharedTail(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}
