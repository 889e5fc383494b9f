/** docs/instructions.md: what the instruction tables hold, so that the page cannot drift from them. */
import type { Builder } from '../../src/sim/engine/builder.ts';
import type { Instruction, InstructionSet } from '../../src/sim/engine/isa.ts';

export function instructionsPage<P extends Builder, S extends Builder>(ppc: InstructionSet<P>, spu: InstructionSet<S>): string {
  return [
    '# Instructions',
    '',
    'Generated from the tables in `src/sim/ppe` and `src/sim/spe` by `npm run manifest`. An instruction that is not',
    'executable is one that a Cell does not have, known to the assembler and the disassembler only; a program that reaches',
    'it gets SIGILL, and the debug console names it.',
    '',
    ...section('PowerPC', ppc),
    ...section('SPU', spu),
  ].join('\n');
}

function section<B extends Builder>(title: string, { instructions, aliases }: InstructionSet<B>): string[] {
  const executable = instructions.filter(({ meaning }) => meaning !== undefined).length;
  return [
    `## ${title}`,
    '',
    `${String(instructions.length)} forms, ${String(executable)} of them executable, and ${String(aliases.length)} other spellings.`,
    '',
    '| instruction | operands | what it does | executable |',
    '|---|---|---|---|',
    ...[...instructions].sort(byMnemonic).map((instruction) => row(instruction)),
    '',
  ];
}

function row<B extends Builder>({ mnemonic, operands, doc, meaning }: Instruction<B>): string {
  const names = operands.map(({ field, displaced }) => (displaced ? `(${field.name})` : field.name));
  const text = names.reduce((all, name) => (name.startsWith('(') ? `${all}${name}` : all === '' ? name : `${all}, ${name}`), '');
  return `| \`${mnemonic}\` | ${text} | ${doc} | ${meaning ? 'yes' : 'no'} |`;
}

function byMnemonic(a: { readonly mnemonic: string }, b: { readonly mnemonic: string }): number {
  return a.mnemonic < b.mnemonic ? -1 : Number(a.mnemonic > b.mnemonic);
}
