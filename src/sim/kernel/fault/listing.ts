/**
 * The listing of a kernel path: what the debugger shows as its source. It is made from the
 * path itself, one line a step, so that it cannot say something else than what runs.
 */
import type { PathName } from '../path.ts';
import type { Profile } from '../profile/profile.ts';

/** What a listing needs of a path, whichever it is. */
export interface ListedPath {
  readonly name: PathName;
  readonly file: string;
  readonly when?: ((profile: Profile) => boolean) | undefined;
  readonly steps: readonly { readonly text: string | ((profile: Profile) => string); readonly label?: string | undefined; readonly when?: ((profile: Profile) => boolean) | undefined }[];
}

export interface Listing {
  readonly title: string;
  readonly lines: readonly string[];
  /** Step by line, counted from 1; undefined for lines that are no step. */
  stepOfLine(line: number): number | undefined;
  /** Line of a step, counted from 1; undefined for a step that this kernel does not have. */
  lineOfStep(step: number): number | undefined;
}

/** The listing of a path under a profile: steps that this kernel lacks are not in it. */
export function listingOf(path: ListedPath, profile: Profile): Listing {
  const title = `${path.name}, Linux ${profile.name}, ${path.file}`;
  const lines = [title, ''];
  const steps: (number | undefined)[] = [undefined, undefined];
  const width = Math.max(...path.steps.map(({ label }) => (label === undefined ? 0 : label.length + 1)));
  path.steps.forEach(({ text, label, when }, step) => {
    if (when?.(profile) === false) return;
    lines.push(`${(label === undefined ? '' : `${label}:`).padEnd(width)}  ${lineOf(text, profile)}`);
    steps.push(step);
  });
  return {
    title, lines,
    stepOfLine: (line) => steps[line - 1],
    lineOfStep: (step) => {
      const place = steps.indexOf(step);
      return place < 0 ? undefined : place + 1;
    },
  };
}

/** The line of a step as this kernel has it. */
export function lineOf(text: string | ((profile: Profile) => string), profile: Profile): string {
  return typeof text === 'string' ? text : text(profile);
}
