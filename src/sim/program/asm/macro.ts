/** Macros: definition, arguments, expansion (gas manual, ".macro"). */
import type { SourcePlace } from '../program.ts';
import type { Cursor } from './cursor.ts';
import { StatementError } from './error.ts';
import { splitStatements, stringEnd, type Statement } from './statement.ts';

export interface Macro {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly place: SourcePlace;
}

interface Parameter {
  readonly name: string;
  readonly default: string;
  readonly required: boolean;
  /** Takes all that is left, commas too. */
  readonly rest: boolean;
}

const NAME = /[A-Za-z_.$][\w.$]*/y;

/** Reads `name a, b=1, c:req, d:vararg`. */
export function readMacroHeader(cursor: Cursor): Pick<Macro, 'name' | 'parameters'> {
  const name = cursor.match(NAME);
  if (name === undefined) throw cursor.error('The name of the macro must come here.');
  const parameters: Parameter[] = [];
  cursor.take(',');
  while (!cursor.atEnd) {
    const parameter = cursor.match(/[A-Za-z_$][\w$]*/y);
    if (parameter === undefined) throw cursor.error(`"${cursor.rest}" is not the name of a parameter.`);
    if (parameters.some((p) => p.name === parameter)) throw cursor.error(`The parameter "${parameter}" appears twice.`);
    const kind = cursor.take(':') ? cursor.match(/\w+/y) : undefined;
    if (kind !== undefined && kind !== 'req' && kind !== 'vararg') throw cursor.error(`":${kind}" is not known: a parameter is :req or :vararg.`);
    const preset = cursor.take('=') ? readValue(cursor) : '';
    parameters.push({ name: parameter, default: preset, required: kind === 'req', rest: kind === 'vararg' });
    cursor.take(',');
  }
  return { name, parameters };
}

/** The values of a call's arguments by parameter name. */
export function readMacroCall(cursor: Cursor, { name, parameters }: Macro): Map<string, string> {
  const values = new Map<string, string>();
  let next = 0;
  while (!cursor.atEnd) {
    const keyword = takeKeyword(cursor, parameters);
    const parameter = keyword ?? parameters[next++];
    if (!parameter) throw cursor.error(`The macro "${name}" takes ${String(parameters.length)} arguments; "${cursor.rest}" is one too many.`);
    if (parameter.rest) {
      values.set(parameter.name, withoutBlanks(cursor.takeRest()));
      break;
    }
    const value = readValue(cursor);
    if (value !== '') values.set(parameter.name, value);
    cursor.take(',');
  }
  for (const parameter of parameters) {
    if (values.has(parameter.name)) continue;
    if (parameter.required) throw new StatementError(`The macro "${name}" needs a value for "${parameter.name}".`);
    values.set(parameter.name, parameter.default);
  }
  return values;
}

function takeKeyword(cursor: Cursor, parameters: readonly Parameter[]): Parameter | undefined {
  const before = (cursor.skipBlanks(), cursor.offset);
  const word = cursor.match(NAME);
  const parameter = word === undefined ? undefined : parameters.find((p) => p.name === word);
  if (parameter && cursor.match(/=(?!=)/y) !== undefined) return parameter;
  cursor.moveTo(before);
  return undefined;
}

/** Values separated by commas or blanks, for `.irp`. */
export function readValues(cursor: Cursor): string[] {
  const values: string[] = [];
  while (!cursor.atEnd) {
    values.push(readValue(cursor));
    cursor.take(',');
  }
  return values;
}

/**
 * One argument. It ends at a comma, or at blanks between two words: around operators and inside
 * brackets blanks mean nothing, as in GNU as, and are dropped. Quotation marks around it are not part of it.
 */
function readValue(cursor: Cursor): string {
  cursor.skipBlanks();
  const { text } = cursor;
  let value = '';
  let depth = 0;
  let i = cursor.offset;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === '"') {
      const end = stringEnd(text, i);
      value += text.slice(i + 1, end - 1);
      i = end;
    } else if (c === ' ' || c === '\t') {
      const next = text.slice(i).search(/[^ \t]/);
      if (depth === 0 && separates(text.charAt(i - 1), text.charAt(i + next))) break;
      if (depth > 0 && separates(text.charAt(i - 1), text.charAt(i + next))) value += ' ';
      i += next;
    } else {
      if (c === ',' && depth === 0) break;
      if (c === '(' || c === '[') depth++;
      if ((c === ')' || c === ']') && depth > 0) depth--;
      value += c;
      i++;
    }
  }
  cursor.moveTo(i);
  return value;
}

/** Drops the blanks that divide no words, but those in strings. */
function withoutBlanks(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[ \t]+/g, (part, at: number) =>
    part.startsWith('"') ? part : separates(text.charAt(at - 1), text.charAt(at + part.length)) ? ' ' : '');
}

/** Blanks between these two characters divide words. */
function separates(before: string, after: string): boolean {
  return /[\w.$"'%\\@]/.test(before) && /[\w.$"'%\\]/.test(after);
}

/** A macro that doubles its argument and calls itself must not take all of the host's memory. */
const LONGEST_STATEMENT = 65536;
const SUBSTITUTED = /\\(\\|\(\)|@|[A-Za-z_$][\w.$]*)/g;

/** The statements of a body with its `\name`s replaced, at the place of the call. */
export function expand(
  body: readonly Statement[],
  values: ReadonlyMap<string, string>,
  expansion: number,
  place: (original: Statement) => Pick<Statement, 'place' | 'inside' | 'origin'>,
): Statement[] {
  const statements: Statement[] = [];
  for (const original of body) {
    const text = substitute(original.text, values, expansion);
    if (text.length > LONGEST_STATEMENT) {
      throw new StatementError(`The statement that this macro makes has ${String(text.length)} characters; ${String(LONGEST_STATEMENT)} is the most.`);
    }
    const at = place(original);
    if (text.includes(';') || text.trim() !== text) {
      for (const part of splitStatements('', text, [])) statements.push({ ...at, text: part.text });
    } else if (text !== '') {
      statements.push({ ...at, text });
    }
  }
  return statements;
}

function substitute(text: string, values: ReadonlyMap<string, string>, expansion: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(SUBSTITUTED, (whole, name: string) => {
    if (name === '()') return '';
    if (name === '@') return String(expansion);
    const value = values.get(name);
    if (value !== undefined) return value;
    const dot = name.indexOf('.');
    const prefix = dot < 0 ? undefined : values.get(name.slice(0, dot));
    return prefix === undefined ? whole : prefix + name.slice(dot);
  });
}

