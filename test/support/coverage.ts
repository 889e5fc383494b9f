/** Which instructions the vectors cover. */
import path from 'node:path';
import type { Builder } from '../../src/sim/engine/builder.ts';
import { Decoder, type Instruction, type InstructionSet } from '../../src/sim/engine/isa.ts';
import { plainName, readVectors, type Vector, vectorFiles } from './vectors.ts';

/** Numbers of vectors. */
export interface Coverage {
  /** That tell what the instruction does. */
  readonly executed: number;
  /** That tell only how it is written. */
  readonly written: number;
}

export type CoverageOf<B extends Builder> = (entry: Instruction<B>) => Coverage;

const NONE: Coverage = { executed: 0, written: 0 };

/** Counts the vectors of a folder for each entry of a table, extended mnemonics too. */
export function coverageOf<B extends Builder>(isa: InstructionSet<B>, folder: string): CoverageOf<B> {
  const decoder = new Decoder(isa);
  const counts = new Map<Instruction<B>, Coverage>();
  const count = (entry: Instruction<B> | undefined, { execution }: Vector): void => {
    if (!entry) return;
    const { executed, written } = counts.get(entry) ?? NONE;
    counts.set(entry, execution ? { executed: executed + 1, written } : { executed, written: written + 1 });
  };
  for (const file of vectorFiles(folder)) {
    if (!plainName(file).startsWith(isa.name)) continue;
    for (const vector of readVectors(path.join(folder, file))) {
      for (const word of vector.words) {
        const entry = decoder.decode(word);
        const spelled = decoder.spell(word);
        count(entry, vector);
        if (spelled !== entry) count(spelled, vector);
      }
    }
  }
  return (entry) => counts.get(entry) ?? NONE;
}

/** Mnemonics none of whose forms a vector covers; of extended mnemonics only those that a disassembler prints. */
export function uncovered<B extends Builder>({ instructions, aliases }: InstructionSet<B>, coverage: CoverageOf<B>): string[] {
  const covered = new Set<string>();
  const all = new Set<string>();
  for (const entry of [...instructions, ...aliases]) {
    if (entry.assembleOnly === true) continue;
    all.add(entry.mnemonic);
    const { executed, written } = coverage(entry);
    if (executed + written > 0) covered.add(entry.mnemonic);
  }
  return [...all].filter((mnemonic) => !covered.has(mnemonic)).sort();
}
