/** The commands of the debug console. What begins with none of them is an expression. */
import type { CommandContext, ConsoleCommand } from './command.ts';
import { INFO_KERNEL } from './infoKernel.ts';
import { INFO_SPU } from './infoSpu.ts';
import { INPUT } from './input.ts';
import { SET_STEP_INTO } from './setStepInto.ts';
import type { Table } from './table.ts';

export const CONSOLE_COMMANDS: readonly ConsoleCommand[] = [
  ...INFO_KERNEL, ...INFO_SPU, ...INPUT, SET_STEP_INTO,
  { words: 'help', operands: '', about: 'this list', run: ({ table }) => help(table) },
];

/** What a command answers; undefined where the text is no command. Throws `ExpressionError`. */
export function runCommand(text: string, context: CommandContext): string | undefined {
  const words = text.trim().split(/\s+/);
  const spoken = words.join(' ');
  const matching = CONSOLE_COMMANDS.filter(({ words: own }) => spoken === own || spoken.startsWith(`${own} `));
  const command = matching.sort((a, b) => b.words.length - a.words.length)[0];
  if (command) return command.run(context, words.slice(command.words.split(' ').length));
  if (words[0] !== 'info') return undefined;
  const wrong = words.length === 1 ? '"info" alone shows nothing; say what to show.' : `There is no command "${spoken}"; these are the commands.`;
  return `${wrong}\n\n${help(context.table)}`;
}

function help(table: Table): string {
  const rows = CONSOLE_COMMANDS.map(({ words, operands, about }) => [`${words} ${operands}`.trim(), about]);
  return [
    table([{ title: 'Command' }, { title: 'Shows' }], rows), '',
    'Anything else is an expression: registers ($r3, $lr, $v2.w0), symbols, numbers, memory as [address:4] or *(u32*)address,',
    'fields of the fault (fault.ea), C operators, and = to set a register or memory.',
  ].join('\n');
}
