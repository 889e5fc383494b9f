/**
 * The forms of an instruction set: what one case of the interpreter executes. Made once for
 * an instruction set and shared by the engines of all its processors.
 */
import type { Builder } from './builder.ts';
import { Decoder, type Instruction, type InstructionSet } from './isa.ts';
import type { Statement, ValueType } from './node.ts';
import { FORM, type MemoryViews, RecordLayout } from './record.ts';

/** An instruction's meaning with a record layout; relative branches have one form for each reach. */
export interface Form {
  readonly number: number;
  readonly mnemonic: string;
  readonly isCommon: boolean;
  readonly statements: readonly Statement[];
  /** Types of the locals that the statements name. */
  readonly locals: readonly ValueType[];
  readonly record: RecordLayout;
}

interface Reaches {
  readonly near: Form;
  /** The displacement in bytes, for relative branches. */
  readonly branch?: { readonly displacement: (word: number) => number; readonly far: Form };
}

/** What an engine needs to know of an instruction set. */
export type InstructionSetFacts = Pick<InstructionSet<Builder>, 'name' | 'stateBytes' | 'pcOffset' | 'illegal' | 'helpers'>;

/** The forms of a set, whatever its meanings are written with. */
export interface Forms {
  readonly isa: InstructionSetFacts;
  readonly forms: readonly Form[];
  /** Makes some of the forms that `forms` would have to make. True while there are more. */
  prepare(): boolean;
  /**
   * Packs a word into the record at `record` and returns its form number, which is not
   * written. `nearTarget` gives the instructions to a branch target of the same code page,
   * and undefined for any other target.
   */
  decode(views: MemoryViews, record: number, word: number, nearTarget: NearTarget): number;
}

type NearTarget = (displacement: number) => number | undefined;

/** The forms of an instruction set, in order, and which belong to an instruction. */
interface Table<B extends Builder> {
  readonly forms: Form[];
  readonly byInstruction: Map<Instruction<B>, Reaches>;
  /** Instructions whose forms are made. */
  done: number;
}

/** Instructions that one piece of work makes the forms of: a few milliseconds. */
const PIECE = 80;

export class FormTable<B extends Builder> implements Forms {
  private readonly decoder: Decoder<B>;
  private readonly table: Table<B> = { forms: [], byInstruction: new Map(), done: 0 };

  constructor(readonly isa: InstructionSet<B>) {
    this.decoder = new Decoder(isa);
  }

  /** Made when a processor first runs: many programs use no SPE. */
  get forms(): readonly Form[] {
    this.complete();
    return this.table.forms;
  }

  prepare(): boolean {
    const { table, isa } = this;
    for (const end = table.done + PIECE; table.done < end && table.done < isa.instructions.length;) this.add(isa.instructions[table.done]);
    return table.done < isa.instructions.length;
  }

  decode(views: MemoryViews, record: number, word: number, nearTarget: NearTarget): number {
    const instruction = this.decoder.decode(word);
    this.complete();
    const reaches = instruction && this.table.byInstruction.get(instruction);
    if (!reaches) return FORM.illegal;
    const { near, branch } = reaches;
    const isFar = branch !== undefined && nearTarget(branch.displacement(word)) === undefined;
    const form = isFar ? branch.far : near;
    form.record.fill(views, record, word, (displacement) => nearTarget(displacement) ?? 0);
    return form.number;
  }

  private complete(): void {
    while (this.prepare());
  }

  private add(instruction: Instruction<B> | undefined): void {
    const { table, isa } = this;
    table.done += 1;
    const reaches = instruction && formsOf(isa, instruction, FORM.first + table.forms.length);
    if (!reaches) return;
    table.byInstruction.set(instruction, reaches);
    table.forms.push(reaches.near);
    if (reaches.branch) table.forms.push(reaches.branch.far);
  }
}

function formsOf<B extends Builder>(isa: InstructionSet<B>, { mnemonic, meaning }: Instruction<B>, number: number): Reaches | undefined {
  if (!meaning) return undefined;
  const builder = isa.newBuilder();
  meaning(builder);
  const { statements, locals } = builder;
  const isCommon = isa.common?.has(mnemonic) ?? false;
  const near = { number, mnemonic, isCommon, statements, locals, record: new RecordLayout(mnemonic, statements, 'near') };
  const jump = findJumpBy(statements);
  if (!jump) return { near };
  const far = { number: number + 1, mnemonic, isCommon, statements, locals, record: new RecordLayout(mnemonic, statements, 'far') };
  return { near, branch: { displacement: (word) => Number(jump.displacement.of(word)), far } };
}

function findJumpBy(statements: readonly Statement[]): Extract<Statement, { kind: 'jumpBy' }> | undefined {
  for (const statement of statements) {
    if (statement.kind === 'jumpBy') return statement;
    if (statement.kind !== 'if') continue;
    const inside = findJumpBy(statement.then) ?? findJumpBy(statement.otherwise);
    if (inside) return inside;
  }
  return undefined;
}
