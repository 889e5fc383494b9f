import { version } from '../../package.json';
import { nearest } from '../sim/program/asm/suggestion.ts';
import { ProgramErrors } from '../sim/program/program.ts';
import { type CommandSpec, wantsHelp } from './args.ts';
import { commandHelp, overview } from './help.ts';
import { CommandError, type Io, STATUS_FAILED } from './io.ts';

/** A command of `refault`. */
export interface Command {
  readonly spec: CommandSpec;
  /** Gets the arguments behind the command's name; answers with the exit status. */
  readonly run: (args: readonly string[], io: Io) => Promise<number> | number;
}

/** Does what the arguments ask for and answers with the exit status. Never throws: what is wrong is one sentence on standard error. */
export async function dispatch(commands: readonly Command[], args: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(commands, args, io);
  } catch (error) {
    if (error instanceof ProgramErrors) io.err(`${error.message}\n`);
    else if (error instanceof CommandError) io.err(`refault: ${error.message}\n`);
    else io.err(`refault: This is a mistake in Refault itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return STATUS_FAILED;
  }
}

async function runCommand(commands: readonly Command[], args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  const specs = commands.map(({ spec }) => spec);
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    io.out(overview(specs));
    return 0;
  }
  if (name === '--version' || name === '-V') {
    io.out(`refault ${version}\n`);
    return 0;
  }
  const command = named(commands, name === 'help' ? (rest[0] ?? '') : name);
  if (name === 'help' || wantsHelp(command.spec, rest)) {
    io.out(commandHelp(command.spec));
    return 0;
  }
  return await command.run(rest, io);
}

function named(commands: readonly Command[], name: string): Command {
  const command = commands.find(({ spec }) => spec.name === name);
  if (command) return command;
  if (name.startsWith('-')) throw new CommandError(`There is no option ${name} in front of a command; "refault --help" shows how it is called.`);
  const names = commands.map(({ spec }) => spec.name);
  const likely = nearest(name, names);
  const hint = likely === undefined ? `the commands are ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : `did you mean "${likely}"`;
  throw new CommandError(`There is no command "${name}"; ${hint}${likely === undefined ? '.' : '?'}`);
}
