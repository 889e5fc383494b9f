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
  /** Exit statuses other than 0 and 125, for help. */
  readonly statuses?: string;
}

export interface ParsedArgs<O extends OptionSpecs> {
  readonly options: { readonly [K in keyof O]?: O[K] extends { readonly value: string } ? string : true };
  readonly operands: readonly string[];
  /** How many of them stand in front of `--`. */
  readonly ahead: number;
}

/**
 * Reads the arguments behind a command's name. What stands behind `--` is an operand whatever it looks like; so is,
 * behind a guest program's name, every option that is none of the command's own.
 * Throws `CommandError` for what the command does not know.
 */
export function parseCommand<O extends OptionSpecs>(spec: CommandSpec<O>, args: readonly string[]): ParsedArgs<O> {
  const known: OptionSpecs = spec.options;
  const values: Record<string, string | true> = {};
  const operands: string[] = [];
  let ahead: number | undefined;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      ahead = operands.length;
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    const [, rawName = arg, inline] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
    const name = rawName.slice(2);
    const option = rawName.startsWith('--') && Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option) {
      if (!isForGuest(spec, rawName, operands)) throw unknownOption(spec, rawName);
      operands.push(arg);
      continue;
    }
    const next = inline === undefined && option.value !== undefined ? args[i + 1] : undefined;
    if (next !== undefined) i += 1;
    values[name] = valueOf(spec, rawName, option, inline ?? next, inline !== undefined);
  }
  checkOperands(spec, operands);
  return { options: values as ParsedArgs<O>['options'], operands, ahead: ahead ?? operands.length };
}

/** Whether help is asked for, in front of any `--`; behind a guest program's name `-h` is the guest's. */
export function wantsHelp(spec: CommandSpec, args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const own = args.slice(0, end < 0 ? args.length : end);
  return own.includes('--help') || (takesGuest(spec) ? own[0] === '-h' : own.includes('-h'));
}

function takesGuest({ operands }: CommandSpec): boolean {
  return operands.includes('ARGUMENTS');
}

/** Something close to an option of the command's own is a slip of the pen rather than the guest's. */
function isForGuest(spec: CommandSpec, rawName: string, operands: readonly string[]): boolean {
  return takesGuest(spec) && operands.length > 0 && likelyOption(spec, rawName) === undefined;
}

function likelyOption(spec: CommandSpec, rawName: string): string | undefined {
  return nearest(rawName, Object.keys(spec.options).map((name) => `--${name}`));
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
  const likely = likelyOption(spec, rawName);
  const forGuest = takesGuest(spec) ? '; options of the guest program go behind "--"' : '';
  if (likely !== undefined) return new CommandError(`refault ${spec.name} has no option ${rawName}; did you mean ${likely}?`);
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
