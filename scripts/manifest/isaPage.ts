/** docs/isa.md: what the instruction tables hold and the vectors cover, so that the page cannot drift from them. */
import type { Builder } from '../../src/sim/engine/builder.ts';
import { type Instruction, type InstructionSet, operandBits } from '../../src/sim/engine/isa.ts';
import { type Coverage, type CoverageOf, coverageOf, uncovered } from '../../test/support/coverage.ts';

const VECTORS = 'test/vectors';

export function isaPage<P extends Builder, S extends Builder>(ppc: InstructionSet<P>, spu: InstructionSet<S>): string {
  return [
    '# The instruction sets',
    '',
    'Generated from the tables in `src/sim/ppe` and `src/sim/spe` and from the vectors in `test/vectors` by `npm run manifest`.',
    '',
    '* **encoding**: the 32 bits of the word, the highest first. `0` and `1` are opcode, `A` is the first operand, `B` the second and so on,',
    '  `*` is a bit of several operands, and `.` is ignored.',
    '* **executable**: an instruction that is not is known to the assembler and the disassembler only; a program that reaches it gets SIGILL.',
    '* **vectors**: how many tell what it does (`N`), or only how it is written (`N written`).',
    '',
    ...section('PowerPC', ppc),
    ...section('SPU', spu),
  ].join('\n');
}

function section<B extends Builder>(title: string, isa: InstructionSet<B>): string[] {
  const { instructions, aliases } = isa;
  const coverage = coverageOf(isa, VECTORS);
  const forms = rowsOf(instructions, coverage);
  const without = uncovered(isa, coverage);
  return [
    `## ${title}`,
    '',
    `${String(forms.length)} instructions, and ${String(aliases.length)} other spellings.`,
    '',
    without.length === 0 ? 'Every mnemonic that the disassembler prints has a vector.' : `Without a vector: ${without.map((mnemonic) => `\`${mnemonic}\``).join(' ')}.`,
    '',
    '| instruction | operands | encoding | what it does | executable | vectors |',
    '|---|---|---|---|---|---|',
    ...forms.map(({ entry, executable, count }) =>
      `| \`${entry.mnemonic}\` | ${operandText(entry)} | \`${encodingText(entry)}\` | ${entry.doc} | ${executable ? 'yes' : 'no'} | ${countText(count)} |`),
    '',
    `### Other spellings of ${title} instructions`,
    '',
    '| spelling | operands | encoding | of | vectors |',
    '|---|---|---|---|---|',
    ...rowsOf(aliases, coverage).map(({ entry, count }) =>
      `| \`${entry.mnemonic}\` | ${operandText(entry)} | \`${encodingText(entry)}\` | \`${entry.aliasOf ?? ''}\` | ${entry.assembleOnly === true ? 'never printed' : countText(count)} |`),
    '',
  ];
}

interface Row<B extends Builder> {
  readonly entry: Instruction<B>;
  readonly executable: boolean;
  readonly count: Coverage;
}

/** Entries by mnemonic; those that look alike (`bc` has one for each kind of condition) are one row. */
function rowsOf<B extends Builder>(entries: readonly Instruction<B>[], coverage: CoverageOf<B>): Row<B>[] {
  const rows = new Map<string, Row<B>>();
  for (const entry of entries) {
    const key = `${entry.mnemonic} ${operandText(entry)} ${encodingText(entry)}`;
    const before = rows.get(key);
    const { executed, written } = coverage(entry);
    rows.set(key, {
      entry: before?.entry ?? entry,
      executable: before?.executable === true || entry.meaning !== undefined,
      count: { executed: executed + (before?.count.executed ?? 0), written: written + (before?.count.written ?? 0) },
    });
  }
  return [...rows.values()].sort((a, b) => byText(a.entry.mnemonic, b.entry.mnemonic));
}

function operandText<B extends Builder>({ operands }: Instruction<B>): string {
  return operands.reduce((text, { field, displaced, optional }) => {
    const name = optional === undefined ? field.name : `[${field.name}]`;
    if (displaced) return `${text}(${name})`;
    return text === '' ? name : `${text}, ${name}`;
  }, '');
}

function encodingText<B extends Builder>({ encoding, operands }: Instruction<B>): string {
  const bits = operands.map(({ field }) => operandBits(field));
  let text = '';
  for (let bit = 31; bit >= 0; bit--) {
    const at = 1 << bit;
    const [first, ...others] = bits.flatMap((mask, index) => ((mask & at) === 0 ? [] : [index]));
    if ((encoding.mask & at) !== 0) text += (encoding.match & at) === 0 ? '0' : '1';
    else if (first === undefined) text += '.';
    else text += others.length > 0 ? '*' : String.fromCharCode(65 + first);
  }
  return text;
}

function countText({ executed, written }: Coverage): string {
  if (executed > 0) return String(executed);
  return written > 0 ? `${String(written)} written` : '';
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
