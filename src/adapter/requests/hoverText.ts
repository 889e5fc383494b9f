/** A value as a hover says it: in one line, also in decimal, and for memory where it is. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { codeOfLine } from '../code/codeUnit.ts';
import { addressIn, type Scope } from '../evaluate/evaluate.ts';
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { integer, type Value } from '../evaluate/value.ts';
import { formatInteger, type NumberFormat } from '../variables/format.ts';
import { resultText, type Subject } from './subject.ts';

/** Registers and symbols of the same names are others in the other processor's code. Throws `ExpressionError` for a line that only has such code. */
export function checkProcessor({ debuggee, thread }: Subject, { path, name }: DebugProtocol.Source, line: number): void {
  const own = thread && debuggee.unitOf(thread);
  const found = codeOfLine(debuggee.code, path ?? name ?? '', line);
  if (!own || found.line !== line || found.code.some(({ unit }) => unit === own)) return;
  throw new ExpressionError(found.code.some(({ unit }) => unit === debuggee.code.ppe)
    ? 'This line is PowerPC code, and the selected frame is of an SPU program: select a frame of a task.'
    : 'This line is code of an SPU program that the selected frame is not of: select a frame of an SPE context that runs it.');
}

export function hoverText(subject: Subject, expression: Expression, value: Value, scope: Scope, numbers: NumberFormat): string {
  const shown = withDecimal(resultText(subject, value, numbers, scope), value, numbers);
  if (expression.kind !== 'memory' || value.kind === 'object') return shown;
  const address = addressIn(expression.address, scope);
  return address.kind === 'integer' ? `${shown} at ${resultText(subject, integer(address.value), numbers, scope)}` : shown;
}

/** `0x2a (42)`; an address with a symbol has a name instead, and small numbers are alike in both. */
function withDecimal(shown: string, value: Value, numbers: NumberFormat): string {
  if (value.kind !== 'integer' || shown !== formatInteger(value.value, { hex: true }, false, value.bits) || numbers.hex === false) return shown;
  const decimal = formatInteger(value.value, { hex: false }, isNegative(value), value.bits);
  return `0x${decimal}` === shown ? shown : `${shown} (${decimal})`;
}

/** Whether a register or memory more probably holds a negative number than one that needs its highest bit. */
function isNegative({ value, bits, signed }: Extract<Value, { kind: 'integer' }>): boolean {
  return signed === true || (bits === 64 && BigInt.asIntN(bits, value) < 0n);
}
