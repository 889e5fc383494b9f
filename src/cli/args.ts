import { parseArgs } from 'node:util';
import { nearest } from '../sim/program/asm/suggestion.ts';
import { CommandError } from './io.ts';

interface OptionSpec {
  /** What help calls its value; absent for a switch. */
  readonly value?: string;
  /** One line for help. */
  readonly about: string;
}

type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface CommandSpec<O extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** One line for help. */
  readonly about: string;
  /** Its operands as help writes them: `PROGRAM [ARGUMENTS...]`. Those not in brackets are needed; `...` takes any number. */
  readonly operands: string;
  readonly options: O;
}

export interface ParsedArgs<O extends OptionSpecs> {
  readonly options: { readonly [K in keyof O]?: O[K] extends { readonly value: string } ? string : true };
  readonly operands: readonly string[];
}

/**
 * Reads the arguments behind a command's name. What stands behind `--` is an operand whatever it looks like.
 * Throws `CommandError` for what the command does not know.
 */
export function parseCommand<O extends OptionSpecs>(spec: CommandSpec<O>, args: readonly string[]): ParsedArgs<O> {
  const known: OptionSpecs = spec.options;
  const { tokens, positionals } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }])),
  });
  const values: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (!option) throw unknownOption(spec, token.rawName);
    values[token.name] = valueOf(spec, token.rawName, option, token.value, token.inlineValue ?? false);
  }
  checkOperands(spec, positionals);
  return { options: values as ParsedArgs<O>['options'], operands: positionals };
}

/** Whether help is asked for, in front of any `--`. */
export function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

/** A whole number from `least` to `most`, in decimal. */
export function parseNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new CommandError(`${option} takes a whole number from ${String(least)} to ${String(most)}, not "${text}".`);
}

/** One of a few words. */
export function parseChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((c) => c === text);
  if (choice !== undefined) return choice;
  throw new CommandError(`${option} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}, not "${text}".`);
}

function valueOf(spec: CommandSpec, rawName: string, option: OptionSpec, value: string | undefined, inline: boolean): string | true {
  if (option.value === undefined) {
    if (value !== undefined) throw new CommandError(`${rawName} takes no value; write "refault ${spec.name} ${rawName}".`);
    return true;
  }
  if (value === undefined || value === '' || (!inline && value.startsWith('-'))) {
    throw new CommandError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  }
  return value;
}

function unknownOption(spec: CommandSpec, rawName: string): CommandError {
  const likely = nearest(rawName, Object.keys(spec.options).map((name) => `--${name}`));
  if (likely !== undefined) return new CommandError(`refault ${spec.name} has no option ${rawName}; did you mean ${likely}?`);
  const forGuest = spec.operands.includes('ARGUMENTS') ? `; options of the guest program go behind "--"` : '';
  return new CommandError(`refault ${spec.name} has no option ${rawName}${forGuest}; "refault ${spec.name} --help" lists those it has.`);
}

function checkOperands(spec: CommandSpec, operands: readonly string[]): void {
  const words = spec.operands.split(' ').filter((word) => word !== '');
  const missing = words.filter((word) => !word.startsWith('['))[operands.length];
  if (missing !== undefined) throw new CommandError(`refault ${spec.name} needs a ${missing}: refault ${spec.name} ${spec.operands}.`);
  const extra = words.some((word) => word.includes('...')) ? undefined : operands[words.length];
  if (extra === undefined) return;
  const takes = words.length === 0 ? 'no operands' : words.join(' ');
  throw new CommandError(`refault ${spec.name} takes ${takes}; "${extra}" is one too many.`);
}
