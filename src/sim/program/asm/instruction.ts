/** Assembles text on its own, for the debugger's input and for round trips with the disassembler. */
import { type ProgramError, ProgramErrors } from '../program.ts';
import { Cursor } from './cursor.ts';
import { checkedData } from './dataRange.ts';
import { encodeCandidates } from './encode.ts';
import { StatementError } from './error.ts';
import { errorAt } from './errorPlace.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { parseExpression } from './expressionParser.ts';
import { MNEMONIC, MnemonicIndex } from './mnemonics.ts';
import type { AddressSpace, Expression, Location } from './object.ts';
import { readOperands } from './operands.ts';
import { channelNumber } from './registers.ts';
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
   * The words of an instruction, or of several with `;` between them, the first at address `pc`; `.long` makes one of a number.
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
    const space = newAddressSpace('', this.mnemonics.table.name);
    const context = { namespace: newNamespace(space, undefined), place, dot: locationAt(space, pc) };
    const names = lookup(space, addressOf);
    const cursor = new Cursor(text);
    if (cursor.match(/\.long(?!\w)/y) !== undefined) {
      const value = absolute(evaluate(parseExpression(cursor, context), names), 'The word');
      cursor.expectEnd('the word');
      return Number(BigInt.asUintN(32, checkedData(value, 4)));
    }
    const word = cursor.match(MNEMONIC) ?? '';
    const forms = this.mnemonics.find(word);
    if (!forms) throw this.mnemonics.uselessHint(word, 0) ?? new StatementError(`"${text.split(/\s/)[0] ?? ''}" is no instruction of this processor.`);
    return encodeCandidates(readOperands(text, cursor.offset, forms, context), { pc, lookup: names, plainTarget: 'address' });
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
      const value = space.isa === 'spu' ? channelNumber(name) : undefined;
      return value === undefined ? undefined : { kind: 'number', value };
    },
    undefinedError: ({ name }, offset) => new StatementError(`There is no symbol "${name}".`, offset),
  };
}
