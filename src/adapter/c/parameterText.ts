/** The parameters of a function in C as the call stack shows them. */
import { typeText } from '../../sim/program/dwarf/typeText.ts';
import type { UserFrame } from '../stack/frame.ts';
import type { NumberFormat } from '../variables/format.ts';
import { type SymbolOf, valueText } from './text.ts';
import { localsOf, type Variable } from './variables.ts';

/** What the client's `StackFrameFormat` asks for. */
export interface ParameterFormat extends NumberFormat {
  readonly types: boolean;
  readonly names: boolean;
  readonly values: boolean;
}

/** `int count = 3, char *name = 0x10000a50 "text"`; undefined for a frame whose parameters nobody knows. */
export function parametersText({ code, activation }: UserFrame, format: ParameterFormat, symbolOf: SymbolOf): string | undefined {
  const current = code?.activations[activation];
  if (!code || !current) return undefined;
  return localsOf(code, current).filter(({ isParameter }) => isParameter).map((parameter) => parameterText(parameter, format, symbolOf)).join(', ');
}

function parameterText({ name, object }: Variable, { types, names, values, ...format }: ParameterFormat, symbolOf: SymbolOf): string {
  const type = types ? typeText(object.type) : '';
  const between = types && names && !type.endsWith('*') ? ' ' : '';
  const declared = `${type}${between}${names ? name : ''}`;
  if (!values) return declared;
  const value = valueText(object, format, symbolOf);
  return declared === '' ? value : `${declared} = ${value}`;
}
