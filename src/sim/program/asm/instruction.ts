/** Assembles text on its own, for the debugger's input and for round trips with the disassembler. */
import { type ProgramError, ProgramErrors } from '../program.ts';
import { Cursor } from './cursor.ts';
import { encodeCandidates } from './encode.ts';
import { StatementError } from './error.ts';
import { errorAt } from './errorPlace.ts';
import type { Lookup } from './evaluate.ts';
import { MNEMONIC, MnemonicIndex } from './mnemonics.ts';
import type { AddressSpace, Expression, Location } from './object.ts';
import { readOperands } from './operands.ts';
import { CHANNELS } from './registers.ts';
import { here, newAddressSpace, newSection } from './section.ts';
import { flagsByName } from './sectionNames.ts';
import { splitStatements, type Statement } from './statement.ts';
import { newNamespace } from './symbols.ts';
import type { InstructionTable } from './table.ts';

/** The address of a symbol, or undefined when there is none of that name. */
export type AddressOf = (name: string) => number | undefined;

/** Assembles single instructions. It holds an index of the mnemonics: keep it when there are many to do. */
export class InstructionAssembler {
  private readonly mnemonics: MnemonicIndex;

  constructor(table: InstructionTable) {
    this.mnemonics = new MnemonicIndex(table);
  }

  /**
   * The words of an instruction, or of several with `;` between them, the first at address `pc`.
   * A plain number as a branch target is an address, as disassemblers print it.
   * Throws `ProgramErrors` with columns in the text as line 1 of file ''.
   */
  assemble(text: string, pc: number, addressOf: AddressOf = () => undefined): number[] {
    const errors: ProgramError[] = [];
    const statements = splitStatements('', text, errors);
    const words: number[] = [];
    for (const statement of statements) {
      try {
        words.push(this.word(statement, pc + 4 * words.length, addressOf));
      } catch (error) {
        if (!(error instanceof StatementError)) throw error;
        errors.push(errorAt(statement, error));
      }
    }
    if (errors.length > 0) throw new ProgramErrors(errors);
    return words;
  }

  private word({ text, place }: Statement, pc: number, addressOf: AddressOf): number {
    const isa = this.mnemonics.table.name;
    const cursor = new Cursor(text);
    const word = cursor.match(MNEMONIC) ?? '';
    const found = this.mnemonics.find(word);
    if (!found) throw new StatementError(`"${text.split(/\s/)[0] ?? ''}" is no instruction of this processor.`);
    const space = newAddressSpace('', isa);
    const namespace = newNamespace(space, undefined);
    const context = { namespace, place, dot: locationAt(space, pc) };
    const candidates = readOperands(text, cursor.offset, found.forms, found.hint, context);
    return encodeCandidates(candidates, { isa, pc, lookup: lookup(space, addressOf), plainTarget: 'address' });
  }
}

/** A place with this address: targets are counted from the instruction only when they are places. */
function locationAt(space: AddressSpace, address: number): Location {
  const section = newSection('.text', space, flagsByName('.text'));
  section.address = address;
  return here(section);
}

function lookup(space: AddressSpace, addressOf: AddressOf): Lookup {
  return {
    final: true,
    definitionOf: ({ name }): Expression | undefined => {
      const address = addressOf(name);
      if (address !== undefined) return { kind: 'location', location: locationAt(space, address) };
      const channel = space.isa === 'spu' && Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined;
      return channel === undefined ? undefined : { kind: 'number', value: BigInt(channel) };
    },
    undefinedMessage: ({ name }) => `There is no symbol "${name}".`,
  };
}
