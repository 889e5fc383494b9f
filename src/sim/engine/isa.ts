/**
 * Instruction tables. One entry defines an instruction once: mnemonic, encoding, operands,
 * a sentence of documentation, and its meaning. Decoder, disassembler, assembler, engine
 * and documentation all read the same entry.
 */
import type { Builder } from './builder.ts';

/** How an operand is written in source text. */
export type OperandKind =
  | 'gpr' | 'fpr' | 'vr' | 'crField' | 'crBit' | 'spr' | 'immediate' | 'target'
  | 'spuRegister' | 'channel' | 'spuSpecial';

/**
 * An operand field of an instruction set. `H` is what a meaning gets for it.
 * Values are plain numbers: register numbers, immediates, and for `target` the byte
 * displacement from the instruction (or the absolute address where `absolute`).
 */
export interface Field<B extends Builder, H> {
  readonly name: string;
  readonly kind: OperandKind;
  readonly absolute?: boolean;
  /** Bits of the instruction word, or undefined when the value does not fit. */
  readonly encode: (value: number) => number | undefined;
  readonly decode: (word: number) => number;
  /** The values that fit, for error messages: `-32768 to 32767, a multiple of 4`. */
  readonly range: string;
  readonly handle: (builder: B) => H;
}

/** Which words are this instruction: `(word & mask) === match`, both as int32 or uint32 alike. */
export interface Encoding {
  readonly mask: number;
  readonly match: number;
}

/** An operand as written: `displaced` is the register of `d(ra)`. */
export interface Operand<B extends Builder> {
  readonly field: Field<B, unknown>;
  /** This operand stands in parentheses after the one before it. */
  readonly displaced: boolean;
  /** It may be left out, with this value. */
  readonly optional?: number;
}

/** What a load or store finds at its address. */
export interface AccessedMemory {
  readonly bytes: 1 | 2 | 4 | 8 | 16;
  readonly form: 'unsigned' | 'signed' | 'float' | 'vector';
}

export interface Instruction<B extends Builder> {
  readonly mnemonic: string;
  readonly encoding: Encoding;
  readonly operands: readonly Operand<B>[];
  /** One sentence. */
  readonly doc: string;
  /** Of a load or store whose address is an operand `d(ra)`: what is there, of several of them the first. */
  readonly memory?: AccessedMemory;
  /** Absent: known by name only; raises the illegal-instruction interrupt. */
  readonly meaning?: (builder: B) => void;
  /** Extended mnemonics name the instruction that they are a spelling of, and have no meaning of their own. */
  readonly aliasOf?: string;
  /** What the encoding cannot say: which of its words this spelling, or this form of an instruction, suits. */
  readonly suits?: (word: number) => boolean;
  /** Accepted by the assembler, never printed by the disassembler. */
  readonly assembleOnly?: boolean;
  /** Why a word is an invalid form, as a sentence: assemblers refuse it, disassemblers write it as data, processors may execute it. */
  readonly invalid?: (word: number) => string | undefined;
  /**
   * For spellings whose operands make a field together (`extrdi` adds two of them): the bits
   * of all of them, which replace what their fields encode, or undefined when they do not go together.
   */
  readonly combine?: (values: readonly number[]) => number | undefined;
}

type FieldMap<B extends Builder> = Readonly<Record<string, Field<B, unknown>>>;
type Word<S extends string> = S extends `${infer D}(${infer R})` ? D | R : S;
type Words<S extends string> = S extends `${infer A} ${infer R}` ? Word<A> | Words<R> : Word<S>;
/** The operand handles of a specification such as `'rt d(ra0)'`. */
export type Handles<F, S extends string> = {
  readonly [K in Words<S> & keyof F]: F[K] extends { readonly handle: (builder: never) => infer H } ? H : never;
};

/**
 * Makes one table entry. The operand specification lists field names in source order,
 * `d(ra0)` for a displacement and its base: `insn(FIELDS, 'lwz', dForm(32), 'rt d(ra0)', ...)`.
 */
export function instruction<B extends Builder, F extends FieldMap<B>, S extends string>(
  fields: F,
  mnemonic: string,
  encoding: Encoding,
  spec: S,
  doc: string,
  meaning?: (operands: Handles<F, S>, builder: B) => void,
): Instruction<B> {
  const operands = parseOperands<B>(fields, mnemonic, spec);
  const base = { mnemonic, encoding, operands, doc };
  if (!meaning) return base;
  return {
    ...base,
    meaning: (builder) => {
      const handles = Object.fromEntries(operands.map(({ field }) => [field.name, field.handle(builder)]));
      meaning(handles as Handles<F, S>, builder);
    },
  };
}

function parseOperands<B extends Builder>(fields: FieldMap<B>, mnemonic: string, spec: string): Operand<B>[] {
  const operands: Operand<B>[] = [];
  for (const word of spec.split(' ').filter((w) => w !== '')) {
    const [outer = '', inner] = word.replace(')', '').split('(');
    for (const [name, displaced] of [[outer, false], [inner, true]] as const) {
      if (name === undefined) continue;
      const field = fields[name];
      if (!field) throw new Error(`The instruction table names an unknown field "${name}" in ${mnemonic}.`);
      operands.push({ field, displaced });
    }
  }
  return operands;
}

/**
 * An instruction set: its table, its helpers, and where its state lies.
 * Words that no entry matches are illegal instructions.
 */
export interface InstructionSet<B extends Builder> {
  readonly name: 'ppc' | 'spu';
  readonly instructions: readonly Instruction<B>[];
  /** Extended mnemonics, most specific first: the disassembler prints the first one that suits. */
  readonly aliases: readonly Instruction<B>[];
  readonly newBuilder: () => B;
  /** Bytes of one processor's state (registers and cells), 16-byte aligned. */
  readonly stateBytes: number;
  /** Offset in the state of the 64-bit address of the current instruction. */
  readonly pcOffset: number;
  /** Exit code raised for an illegal instruction. */
  readonly illegal: number;
  /** Host helpers that meanings call, with their number of i32 arguments. */
  readonly helpers: Readonly<Record<string, number>>;
  /** Mnemonics of heavy instructions that programs execute often: they have their place among those that are executed quickly. */
  readonly common?: ReadonlySet<string>;
  /** Bits of a word that tell most instructions apart; they make the decoder's first look-up. */
  readonly keyBits: readonly number[];
}

/** Finds the table entry of an instruction word. */
export class Decoder<B extends Builder> {
  private readonly buckets = new Map<number, readonly Instruction<B>[]>();
  private readonly aliasBuckets = new Map<number, readonly Instruction<B>[]>();
  private readonly keyMask: number;

  constructor(private readonly isa: InstructionSet<B>) {
    this.keyMask = isa.keyBits.reduce((mask, bit) => mask | (1 << bit), 0);
  }

  /** The instruction of a word, or undefined when it is illegal. */
  decode(word: number): Instruction<B> | undefined {
    return find(word, this.bucket(this.buckets, this.isa.instructions, word));
  }

  /** The spelling that a disassembler prints: an extended mnemonic where one suits. */
  spell(word: number): Instruction<B> | undefined {
    return find(word, this.bucket(this.aliasBuckets, this.isa.aliases, word), true) ?? this.decode(word);
  }

  private bucket(
    buckets: Map<number, readonly Instruction<B>[]>,
    table: readonly Instruction<B>[],
    word: number,
  ): readonly Instruction<B>[] {
    const key = word & this.keyMask;
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = table.filter(({ encoding }) => ((key ^ encoding.match) & encoding.mask & this.keyMask) === 0);
      buckets.set(key, bucket);
    }
    return bucket;
  }
}

function find<B extends Builder>(word: number, bucket: readonly Instruction<B>[], printed = false): Instruction<B> | undefined {
  return bucket.find(
    (i) =>
      ((word ^ i.encoding.match) & i.encoding.mask) === 0 &&
      (i.suits?.(word) ?? true) &&
      !(printed && i.assembleOnly),
  );
}

/** The bits that an operand reads, and those that it sets with them (`mr` writes one register into two fields). */
export function operandBits<B extends Builder>({ decode, encode }: Field<B, unknown>): number {
  let bits = 0;
  for (let bit = 1; bit !== 0; bit <<= 1) {
    if (decode(bit) !== decode(0)) bits |= bit | (encode(decode(bit)) ?? 0);
  }
  return bits;
}
