/** `refault listing`: kernel paths as each kernel has them, and the lines in which two kernels differ. */
import { markedLine } from '../adapter/comparison/markedLine.ts';
import { listingOf } from '../sim/kernel/fault/listing.ts';
import { type ComparedListing, compareListing, differingListings, pathsOf } from '../sim/kernel/fault/listingDifference.ts';
import type { PathName, PathTable } from '../sim/kernel/path.ts';
import { PATHS } from '../sim/kernel/paths.ts';
import { type ProfileChoice, ProfileError, profileOf } from '../sim/kernel/profile/lookup.ts';
import type { Profile } from '../sim/kernel/profile/profile.ts';
import { nearest } from '../sim/program/asm/suggestion.ts';
import { parseCommand } from './args.ts';
import { CommandError, type Io } from './io.ts';
import { kernelOf } from './launch.ts';
import { printLines } from './printing.ts';
import { LISTING } from './specs.ts';

export async function listingCommand(args: readonly string[], io: Io): Promise<number> {
  const { options, operands: [name] } = parseCommand(LISTING, args);
  const kernel = profileFor(kernelOf(options.kernel));
  const other = options.compare === undefined ? undefined : profileFor(kernelOf(options.compare));
  await printLines(io, name === undefined ? allPaths(kernel, other) : onePath(pathNamed(name), kernel, other));
  return 0;
}

function allPaths(kernel: Profile, other: Profile | undefined): string[] {
  if (!other) return pathsOf(kernel).map((name) => `${name}  ${pathOf(name).file}`);
  const listings = differingListings(kernel, other);
  if (listings.length === 0) return [`Linux ${kernel.name} and Linux ${other.name} take the same steps in every path.`];
  const count = listings.flatMap(({ lines }) => lines).filter((line) => line.in !== 'both').length;
  return [
    ...heading(kernel, other),
    ...listings.flatMap((listing) => ['', title(listing), ...listing.lines.filter((line) => line.in !== 'both').map(markedLine)]),
    '',
    `${String(count)} ${count === 1 ? 'line differs' : 'lines differ'}, in ${String(listings.length)} ${listings.length === 1 ? 'path' : 'paths'}.`,
  ];
}

function onePath(name: PathName, kernel: Profile, other: Profile | undefined): readonly string[] {
  if (other) {
    const listing = compareListing(name, kernel, other);
    return [...heading(kernel, other), '', title(listing), ...listing.lines.map(markedLine)];
  }
  if (!pathsOf(kernel).includes(name)) throw new CommandError(`Linux ${kernel.name} has no ${name}; "refault listing --kernel ${kernel.name}" names the paths that it has.`);
  return listingOf(pathOf(name), kernel).lines;
}

function heading(kernel: Profile, other: Profile): string[] {
  return [`- Linux ${kernel.name}`, `+ Linux ${other.name}`];
}

function title({ path, file }: ComparedListing): string {
  return `${path}, ${file}`;
}

function pathOf(name: PathName): PathTable[PathName] {
  const table: PathTable = PATHS;
  return table[name];
}

function pathNamed(text: string): PathName {
  const names = Object.values(PATHS).map(({ name }) => name);
  const found = names.find((name) => name === text);
  if (found) return found;
  const likely = nearest(text, names);
  throw new CommandError(`There is no kernel path "${text}"${likely === undefined ? '; "refault listing" names those that there are.' : `; did you mean "${likely}"?`}`);
}

function profileFor(kernel: ProfileChoice | undefined): Profile {
  try {
    return profileOf(kernel);
  } catch (error) {
    throw error instanceof ProfileError ? new CommandError(error.message) : error;
  }
}
