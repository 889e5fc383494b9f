/**
 * Kernel paths as sources: a listing each, named by a number that is the same in every
 * session of a version, so that breakpoints in it are found again.
 */
import { listingOf, type Listing } from '../../sim/kernel/fault/listing.ts';
import type { Path, PathName, PathTable } from '../../sim/kernel/path.ts';
import { PATHS } from '../../sim/kernel/paths.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import type { DebugProtocol } from '@vscode/debugprotocol';

const NAMES = Object.keys(PATHS).sort() as readonly PathName[];
const EXTENSION = '.kernel';

export class KernelListings {
  private readonly made = new Map<PathName, Listing>();

  constructor(private readonly profile: Profile) {}

  /** The paths that this kernel has. */
  get names(): readonly PathName[] { return NAMES.filter((name) => pathNamed(name).when?.(this.profile) !== false); }

  listing(name: PathName): Listing {
    let listing = this.made.get(name);
    if (!listing) {
      listing = listingOf(pathNamed(name), this.profile);
      this.made.set(name, listing);
    }
    return listing;
  }

  source(name: PathName): DebugProtocol.Source {
    return {
      name: `${name}${EXTENSION}`,
      path: `Linux ${this.profile.name}/${pathNamed(name).file}/${name}${EXTENSION}`,
      sourceReference: NAMES.indexOf(name) + 1,
      origin: `kernel path of Linux ${this.profile.name}`,
      // So that a client makes the program's own frame current when it stops on a fault, and not this listing.
    };
  }
}

/** The path that a source of the client's is the listing of; also one that it remembers from an earlier session. */
export function listedPath({ sourceReference, path, name }: DebugProtocol.Source): PathName | undefined {
  if (sourceReference !== undefined && sourceReference > 0) {
    const byNumber = NAMES[sourceReference - 1];
    if (byNumber !== undefined) return byNumber;
  }
  const file = (path ?? name ?? '').split('/').at(-1) ?? '';
  if (!file.endsWith(EXTENSION)) return undefined;
  return pathName(file.slice(0, -EXTENSION.length));
}

export function pathOfReference(sourceReference: number): PathName | undefined {
  return NAMES[sourceReference - 1];
}

/** A kernel path that a user named. */
export function pathName(text: string): PathName | undefined {
  return NAMES.find((name) => name === text);
}

function pathNamed<K extends PathName>(name: K): Path<K> {
  const table: PathTable = PATHS;
  return table[name];
}
