import type { CommandSpec } from './args.ts';

const HELP = { '--help': 'print this' };

/** What `refault --help` prints. */
export function overview(commands: readonly CommandSpec[]): string {
  return [
    'Refault runs guest programs on a simulated Cell Broadband Engine and shows what became of every page fault.',
    '',
    'Usage: refault COMMAND ...',
    '',
    ...columns(commands.map(({ name, about }) => [name, about])),
    '',
    ...columns([...Object.entries(HELP), ['--version', 'print the version']]),
    '',
    '"refault COMMAND --help" says more about one command.',
    '',
  ].join('\n');
}

/** What `refault COMMAND --help` prints. */
export function commandHelp({ name, about, operands, options, statuses }: CommandSpec): string {
  const list = Object.entries(options).map(([option, { value, about: text }]): [string, string] => [`--${option}${value === undefined ? '' : ` ${value}`}`, text]);
  const status = statuses === undefined ? '' : `${statuses}; `;
  return [
    `refault ${name} ${about}.`,
    '',
    `Usage: ${['refault', name, operands, list.length > 0 ? '[OPTIONS]' : ''].filter((word) => word !== '').join(' ')}`,
    '',
    ...columns([...list, ...Object.entries(HELP)]),
    ...(operands.includes('.s...') ? ['', 'Assembler files that follow each other are one program; what stands behind "--" are its arguments.'] : []),
    ...(operands.includes('ARGUMENTS') ? ['', 'Behind PROGRAM, options that are none of these are the guest program\'s; behind "--", all are.'] : []),
    '',
    `Status: ${status}125 where Refault itself cannot do what was asked.`,
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
