/** Reads expressions. */
import type { SourcePlace } from '../program.ts';
import { isAddressPart, type AddressPart } from './addressPart.ts';
import { type Cursor, SYMBOL } from './cursor.ts';
import { StatementError } from './error.ts';
import { binary, unary } from './evaluate.ts';
import { readCharacter, readInteger } from './literals.ts';
import type { Expression, Location, Namespace } from './object.ts';
import { BINARY_OPERATOR, type BinaryOperator, isBinaryOperator, RANKS, type UnaryOperator } from './operators.ts';
import { constantOf, numberedBackward, numberedForward, symbolNamed } from './symbols.ts';

/** Where an expression stands. */
export interface ExpressionContext {
  readonly namespace: Namespace;
  readonly place: SourcePlace;
  /** What `.` means; undefined where it means nothing. */
  readonly dot: Location | undefined;
  /** Numbers that names have here before symbols do: registers in register operands. */
  readonly named?: (name: string) => number | undefined;
  /** Width of the widest number, where it is not 64. */
  readonly numberBits?: number;
}

/** Deeper parentheses are taken for a mistake; a guest of this parser must not exhaust the stack. */
const DEEPEST = 100;
const WIDEST = 2n ** 64n - 1n;
const LOCAL_LABEL = /\d+[fb](?![\w.$])/y;
const DOT = /\.(?![\w.$])/y;
const OLD_PART = /%(?:lo|hi|pic)(?=\()/iy;
const NAMED = /[$%]\w+|[A-Za-z_.][\w.$]*/y;

export function parseExpression(cursor: Cursor, context: ExpressionContext): Expression {
  return new Parser(cursor, context).whole();
}

class Parser {
  /** `@ha` and `@toc` after any term are about the whole expression: `table+4@ha`, `table-1@toc@ha`, `table@ha+4`. */
  private readonly parts: AddressPart[] = [];
  private toc: Expression | undefined;
  private depth = 0;

  constructor(private readonly cursor: Cursor, private readonly context: ExpressionContext) {}

  whole(): Expression {
    const expression = this.operators(1);
    const offset = this.toc ? binary('-', expression, this.toc) : expression;
    return this.parts.reduce<Expression>((operand, part) => ({ kind: 'part', part, operand }), offset);
  }

  /** Operators of at least this rank. */
  private operators(rank: number): Expression {
    let left = this.unary();
    for (;;) {
      const before = this.cursor.offset;
      const operator = this.cursor.match(BINARY_OPERATOR);
      if (operator === undefined) return left;
      if (!isBinaryOperator(operator) || RANKS[operator] < rank) {
        this.cursor.moveTo(before);
        return left;
      }
      left = this.combined(operator, left, this.operators(RANKS[operator] + 1), before);
    }
  }

  private combined(operator: BinaryOperator, left: Expression, right: Expression, offset: number): Expression {
    try {
      return binary(operator, left, right);
    } catch (error) {
      throw error instanceof StatementError ? new StatementError(error.message, offset) : error;
    }
  }

  private unary(): Expression {
    if (++this.depth > DEEPEST) throw this.cursor.error('The expression is nested too deeply: name its parts with .set.');
    const operator = this.cursor.match(/[-~!+]/y);
    const expression = operator === undefined ? this.term() : unary(operator as UnaryOperator, this.unary());
    this.depth--;
    return expression;
  }

  private term(): Expression {
    const { cursor } = this;
    const start = (cursor.skipBlanks(), cursor.offset);
    const expression = this.primary();
    while (cursor.matchHere(/@/y) !== undefined) {
      const suffix = cursor.matchHere(/\w+/y) ?? '';
      const changed = this.suffixed(suffix.toLowerCase(), expression, start);
      if (changed) return changed;
    }
    return expression;
  }

  /** Notes `@part` and `@toc`; answers another expression where the suffix changes the symbol itself. */
  private suffixed(suffix: string, expression: Expression, start: number): Expression | undefined {
    if (isAddressPart(suffix)) {
      this.parts.push(suffix);
      return undefined;
    }
    // `.TOC.@tocbase` is the value of the TOC pointer, which `.TOC.` is already.
    if (suffix === 'tocbase') return undefined;
    if (suffix === 'toc') {
      const symbol = symbolNamed('.TOC.', this.context.namespace, this.context.place);
      this.toc = { kind: 'symbol', symbol, offset: start };
      return undefined;
    }
    if (/^(?:d?tprel|got_d?tprel|got_tls|tls)/.test(suffix)) {
      throw this.cursor.error(`"@${suffix}" belongs to thread-local variables, which need GNU ld: link the program and run the ELF file.`);
    }
    if (/^(?:got|plt)(?:pcrel)?$/.test(suffix)) {
      throw this.cursor.error(`"@${suffix}" belongs to shared libraries, which need GNU ld: compile with -fno-pic, or link the program and run the ELF file.`);
    }
    if (suffix === 'ppu') return this.inPowerPC(expression, start);
    throw this.cursor.error(`"@${suffix}" is not known: use @l, @h, @ha, @higher, @highera, @highest, @highesta, @toc or, in an SPU program, @ppu.`);
  }

  /** `symbol@ppu` in an SPU program: the effective address of a symbol of the PowerPC program. */
  private inPowerPC(expression: Expression, start: number): Expression {
    const { outer } = this.context.namespace;
    if (expression.kind !== 'symbol' || !outer) {
      throw this.cursor.error('"@ppu" stands after a symbol, in a section of an SPU program.');
    }
    const symbol = symbolNamed(expression.symbol.name, outer, this.context.place);
    return { kind: 'symbol', symbol, offset: start };
  }

  private primary(): Expression {
    const { cursor, context } = this;
    if (cursor.take('(')) {
      const expression = this.operators(1);
      if (!cursor.take(')')) throw cursor.error('A closing parenthesis must come here.');
      return expression;
    }
    if (cursor.take("'")) return { kind: 'number', value: readCharacter(cursor) };
    if (cursor.match(DOT) !== undefined) {
      if (!context.dot) throw cursor.error('"." means nothing here.');
      return { kind: 'location', location: context.dot };
    }
    const part = context.namespace.space.isa === 'spu' ? cursor.match(OLD_PART) : undefined;
    if (part !== undefined) return this.oldPart(part.slice(1).toLowerCase());
    const label = cursor.match(LOCAL_LABEL);
    if (label !== undefined) return this.localLabel(label.slice(0, -1), label.endsWith('b'));
    const value = readInteger(cursor);
    if (value !== undefined) return { kind: 'number', value: this.checkedWidth(value) };
    return this.name();
  }

  /** `%hi(expression)`, which GNU as takes for the SPU beside `expression@h`; `%pic` is nothing at address 0. */
  private oldPart(name: string): Expression {
    const operand = this.primary();
    return name === 'pic' ? operand : { kind: 'part', part: name === 'hi' ? 'h' : 'l', operand };
  }

  private checkedWidth(value: bigint): bigint {
    if (value <= WIDEST || value >> BigInt(this.context.numberBits ?? 64) === 0n) return value;
    throw this.cursor.error(`The number ${String(value)} has more than 64 bits.`);
  }

  private localLabel(number: string, backward: boolean): Expression {
    const { namespace, place } = this.context;
    const symbol = backward ? numberedBackward(number, namespace) : numberedForward(number, namespace, place);
    if (!symbol) throw this.cursor.error(`There is no label "${number}:" before this line.`);
    return { kind: 'symbol', symbol, offset: this.cursor.offset - number.length - 1 };
  }

  private name(): Expression {
    const { cursor, context } = this;
    cursor.skipBlanks();
    const offset = cursor.offset;
    if (context.named) {
      const name = cursor.match(NAMED);
      const value = name === undefined ? undefined : context.named(name);
      if (value !== undefined) return { kind: 'number', value: BigInt(value) };
      cursor.moveTo(offset);
    }
    const name = cursor.match(SYMBOL);
    if (name === undefined) {
      const rest = cursor.rest;
      throw cursor.error(rest === '' ? 'A value must come here, but the statement ends.' : `"${rest}" is not a value.`);
    }
    return this.symbol(name, offset);
  }

  /** A constant keeps the value that it has here; other symbols are looked up at the end. */
  private symbol(name: string, offset: number): Expression {
    const { namespace, place } = this.context;
    const own = namespace.symbols.get(name);
    if (own?.variable && own.definition) return own.definition;
    const borrowed = own?.definition ? undefined : constantOf(namespace.outer?.symbols.get(name));
    const symbol = symbolNamed(name, namespace, place);
    return borrowed === undefined ? { kind: 'symbol', symbol, offset } : { kind: 'symbol', symbol, offset, borrowed };
  }
}
