/** What an assistant may ask of the tool `refault_run`; the schema in package.json says the same to it. */
export interface RunToolInput {
  /** A file of the workspace, or source in its place. */
  readonly program?: string;
  readonly source?: string;
  readonly kernel?: string;
  readonly spes?: number;
  readonly args?: readonly string[];
  /** Most faults in the answer. */
  readonly faults: number;
}

const DEFAULT_FAULTS = 20;
const MOST_FAULTS = 100;

/** Throws a sentence that the assistant can mend its call by. */
export function readInput(input: unknown): RunToolInput {
  if (typeof input !== 'object' || input === null) throw new Error('The input has to be an object with "program" or "source".');
  const { program, source, kernel, spes, args, faults = DEFAULT_FAULTS } = input as Readonly<Record<string, unknown>>;
  if ((program === undefined) === (source === undefined)) throw new Error('Give either "program", a file of the workspace, or "source", assembly text.');
  return {
    ...textOf('program', program), ...textOf('source', source), ...textOf('kernel', kernel),
    ...(spes === undefined ? {} : { spes: wholeOf('spes', spes, 0, 16) }),
    ...(args === undefined ? {} : { args: textsOf('args', args) }),
    faults: wholeOf('faults', faults, 0, MOST_FAULTS),
  };
}

function textOf<K extends string>(name: K, value: unknown): Partial<Record<K, string>> {
  if (value === undefined) return {};
  if (typeof value !== 'string' || value === '') throw new Error(`"${name}" has to be a text.`);
  const given: Partial<Record<K, string>> = {};
  given[name] = value;
  return given;
}

function textsOf(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new Error(`"${name}" has to be a list of texts.`);
}

function wholeOf(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`"${name}" has to be a whole number from ${String(least)} to ${String(most)}.`);
}
