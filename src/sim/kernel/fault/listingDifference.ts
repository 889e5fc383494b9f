/** In which lines the listing of a path differs between two kernels. */
import type { PathName } from '../path.ts';
import { PATHS } from '../paths.ts';
import type { Profile } from '../profile/profile.ts';
import { type ListedPath, listingOf } from './listing.ts';

export interface ComparedLine {
  /** Which of the two kernels has the line. */
  readonly in: 'both' | 'first' | 'second';
  readonly text: string;
}

export interface ComparedListing {
  readonly path: PathName;
  /** The kernel source file that it models. */
  readonly file: string;
  /** Lines of both in one order: where they part those of the first come first. */
  readonly lines: readonly ComparedLine[];
}

/** Names of the paths that a kernel has, sorted. */
export function pathsOf(profile: Profile): PathName[] {
  return everyPath().filter((path) => path.when?.(profile) !== false).map(({ name }) => name).sort();
}

/** One path under two kernels. A path that a kernel lacks has no lines there. */
export function compareListing(name: PathName, first: Profile, second: Profile): ComparedListing {
  const path = everyPath().find((candidate) => candidate.name === name);
  if (!path) throw new Error(`There is no kernel path ${name}.`);
  return { path: name, file: path.file, lines: merge(stepLines(path, first), stepLines(path, second)) };
}

/** The paths that differ, sorted by name. */
export function differingListings(first: Profile, second: Profile): ComparedListing[] {
  const names = new Set([...pathsOf(first), ...pathsOf(second)]);
  return [...names].sort().map((name) => compareListing(name, first, second)).filter(({ lines }) => lines.some((line) => line.in !== 'both'));
}

function everyPath(): readonly ListedPath[] {
  return Object.values(PATHS);
}

/** Without the title, which names the kernel. */
function stepLines(path: ListedPath, profile: Profile): readonly string[] {
  return path.when?.(profile) === false ? [] : listingOf(path, profile).lines.slice(2).map((line) => line.trimStart());
}

/** Both lists in one, by their longest common subsequence. */
function merge(first: readonly string[], second: readonly string[]): ComparedLine[] {
  const width = second.length + 1;
  const common = new Uint16Array((first.length + 1) * width);
  for (let i = first.length - 1; i >= 0; i -= 1) {
    for (let j = second.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = first[i] === second[j]
        ? (common[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const lines: ComparedLine[] = [];
  let i = 0;
  let j = 0;
  while (i < first.length || j < second.length) {
    const [left, right] = [first[i], second[j]];
    if (left !== undefined && left === right) {
      lines.push({ in: 'both', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) {
      lines.push({ in: 'first', text: left });
      i += 1;
    } else if (right !== undefined) {
      lines.push({ in: 'second', text: right });
      j += 1;
    }
  }
  return lines;
}
