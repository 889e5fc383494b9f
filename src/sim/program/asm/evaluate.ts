/** Values of expressions. */
import { ADDRESS_PARTS } from './addressPart.ts';
import { NotYetKnown, StatementError } from './error.ts';
import type { AsmSymbol, Expression, Location, Section } from './object.ts';
import { applyBinary, applyUnary, type BinaryOperator, type UnaryOperator } from './operators.ts';

/** A number, or an offset in a section. */
export interface Value {
  readonly value: bigint;
  readonly section: Section | undefined;
  /** Sixteen bits of an address: fits signed and unsigned halfwords alike. */
  readonly halfword?: boolean;
  /** A register's number, under a name that `.set` gave. */
  readonly register?: string;
}

/** How symbols find their values. */
export interface Lookup {
  /** Everything has been read: what is not known now never will be. */
  readonly final: boolean;
  definitionOf(symbol: AsmSymbol): Expression | undefined;
  /** What to say of a symbol that has none, which stands at this offset. */
  undefinedError(symbol: AsmSymbol, offset: number | undefined): StatementError;
}

/** Deeper chains of symbols and operators are taken for endless. */
const DEEPEST = 1000;

/**
 * The value of an expression. Throws `NotYetKnown` while reading where it depends on what comes
 * later, and `StatementError` where it has none.
 */
export function evaluate(expression: Expression, lookup: Lookup, depth = 0): Value {
  if (depth > DEEPEST) throw new StatementError('The expression is nested too deeply, or a symbol is defined by itself.');
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, section: undefined };
    case 'register':
      return { value: BigInt(expression.value), section: undefined, register: expression.name };
    case 'location':
      return locationValue(expression.location);
    case 'symbol':
      return symbolValue(expression, lookup, depth);
    case 'unary': {
      const operand = absolute(evaluate(expression.operand, lookup, depth + 1), `"${expression.operator}"`);
      return { value: applyUnary(expression.operator, operand), section: undefined };
    }
    case 'binary':
      return combine(
        expression.operator,
        evaluate(expression.left, lookup, depth + 1),
        evaluate(expression.right, lookup, depth + 1),
      );
    case 'part': {
      const whole = absolute(evaluate(expression.operand, lookup, depth + 1), `"@${expression.part}"`);
      return { value: ADDRESS_PARTS[expression.part](whole), section: undefined, halfword: true };
    }
  }
}

/** The value as a number: itself, or the address in its section where that is known. */
export function absolute(value: Value, what: string): bigint {
  refuseRegister(value);
  if (value.section === undefined) return value.value;
  if (!value.section.flags.allocated) {
    throw new StatementError(`The section ${value.section.name} is not part of the program's memory: give it flags, as in ".section ${value.section.name},"aw"".`);
  }
  if (value.section.address === undefined) {
    throw new NotYetKnown(`${what} needs a number that is known here; of labels, only differences within one section are.`);
  }
  return value.value + BigInt(value.section.address);
}

function refuseRegister(value: Value): void {
  if (value.register !== undefined) throw new StatementError(`"${value.register}" is a register; a number must come here.`);
}

function locationValue({ section, fragment, offset }: Location): Value {
  if (fragment.start === undefined) {
    throw new NotYetKnown(`This value is not known here: a size before it in ${section.name} depends on what comes later.`);
  }
  return { value: BigInt(fragment.start + offset), section };
}

function symbolValue({ symbol, offset, borrowed }: Expression & { kind: 'symbol' }, lookup: Lookup, depth: number): Value {
  if (borrowed !== undefined && !symbol.definition) return { value: borrowed, section: undefined };
  const definition = lookup.definitionOf(symbol);
  if (definition) return evaluate(definition, lookup, depth + 1);
  if (lookup.final && symbol.weak) return { value: 0n, section: undefined };
  if (lookup.final) throw lookup.undefinedError(symbol, offset);
  throw new NotYetKnown(`"${symbol.name}" must be defined before this line.`);
}

/** Operators whose answer for two labels of one section does not depend on the section's address. */
const RELATIVE: ReadonlySet<BinaryOperator> = new Set(['-', '==', '!=', '<>', '<', '<=', '>', '>=']);

function combine(operator: BinaryOperator, left: Value, right: Value): Value {
  refuseRegister(left);
  refuseRegister(right);
  const { section } = left;
  if (section && section === right.section && RELATIVE.has(operator)) {
    return { value: applyBinary(operator, left.value, right.value), section: undefined };
  }
  if (section && !right.section && (operator === '+' || operator === '-')) {
    return { value: applyBinary(operator, left.value, right.value), section };
  }
  if (!section && right.section && operator === '+') {
    return { value: applyBinary('+', left.value, right.value), section: right.section };
  }
  const what = `"${operator}"`;
  return { value: applyBinary(operator, absolute(left, what), absolute(right, what)), section: undefined };
}

/** Makes `left operator right`, computed at once where possible, so that `.set n, n+1` stays flat. */
export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  if (right.kind === 'number') {
    if (left.kind === 'number') return { kind: 'number', value: applyBinary(operator, left.value, right.value) };
    if (left.kind === 'location' && (operator === '+' || operator === '-')) {
      const { section, fragment, offset } = left.location;
      const moved = offset + Number(operator === '+' ? right.value : -right.value);
      return { kind: 'location', location: { section, fragment, offset: moved } };
    }
  }
  return { kind: 'binary', operator, left, right };
}

export function unary(operator: UnaryOperator, operand: Expression): Expression {
  if (operand.kind === 'number') return { kind: 'number', value: applyUnary(operator, operand.value) };
  return { kind: 'unary', operator, operand };
}
