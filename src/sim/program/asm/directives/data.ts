/** Directives that put numbers and characters into the section. */
import type { AccessedMemory } from '../../../engine/isa.ts';
import type { InstructionSetName } from '../../program.ts';
import type { Cursor } from '../cursor.ts';
import { parseExpression } from '../expressionParser.ts';
import { readFloat, readQuoted, stringBytes } from '../literals.ts';
import { leb128Bytes } from '../leb128.ts';
import { pushBytes, pushTail, pushValue } from '../section.ts';
import type { Directive, Directives } from './directive.ts';

const MOST_REPETITIONS = 2 ** 20;

function numbers(size: number): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => { state.data(state.expression(cursor), size); });
  };
}

/** `.word` is two bytes on PowerPC and four on the SPU (tc-ppc.c, tc-spu.c). */
const WORD_BYTES: Readonly<Record<InstructionSetName, 2 | 4>> = { ppc: 2, spu: 4 };
const word: Directive = (state, cursor) => { numbers(WORD_BYTES[state.section.space.isa])(state, cursor); };

function floats(size: 4 | 8): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => {
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      const value = readFloat(cursor);
      if (size === 4) view.setFloat32(0, value);
      else view.setFloat64(0, value);
      if (Number.isFinite(value) && !Number.isFinite(size === 4 ? view.getFloat32(0) : value)) {
        throw cursor.error('The number is too large for a single-precision float: use .double.');
      }
      pushBytes(state.section, bytes);
    });
  };
}

/** `size` is that of a character in memory. */
function strings(terminated: boolean, size = 1): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => {
      let quoted = readQuoted(cursor);
      if (quoted === undefined) throw cursor.error('A string in quotation marks must come here.');
      const bytes: number[] = [];
      // Strings without a comma between them are one string.
      for (; quoted !== undefined; quoted = readQuoted(cursor)) bytes.push(...stringBytes(quoted));
      if (terminated) bytes.push(0);
      pushBytes(state.section, widened(bytes, size));
    });
  };
}

/** Each byte as a big-endian number of this size. */
function widened(bytes: readonly number[], size: number): Uint8Array {
  const wide = new Uint8Array(bytes.length * size);
  bytes.forEach((byte, index) => { wide[(index + 1) * size - 1] = byte; });
  return wide;
}

/** `.dcb.w count, value`: a value repeated. */
function repeated(value: Directive): Directive {
  return (state, cursor) => {
    const count = state.numberIn(cursor, 'The number of repetitions', 0, MOST_REPETITIONS);
    cursor.expectComma('the value');
    const start = cursor.offset;
    for (let i = 0; i < count; i++) {
      cursor.moveTo(start);
      value(state, cursor);
    }
    if (count === 0) cursor.takeRest();
  };
}

function leb128(signed: boolean): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => {
      const value = state.expression(cursor);
      if (value.kind === 'number') pushBytes(state.section, leb128Bytes(value.value, signed));
      else pushTail(state.section, { kind: 'leb128', value, signed, statement: state.statement });
    });
  };
}

/** `.tc name[TC],value`: an entry of the table of contents, as compilers write it. */
const tocEntry: Directive = (state, cursor) => {
  if (cursor.match(/[^,]+/y) === undefined) throw cursor.error('A .tc directive is written ".tc name[TC],value".');
  cursor.expectComma('the value of the entry');
  state.requireAlignment(8);
  state.data(state.expression(cursor), 8);
};

const incbin: Directive = (state, cursor) => {
  const path = readQuoted(cursor);
  if (path === undefined) throw cursor.error('The name of a file in quotation marks must come here.');
  const bytes = state.resolver.bytes(path, state.statement.place.file);
  if (!bytes) throw cursor.error(`The file "${path}" cannot be read.`);
  const skip = cursor.take(',') && cursor.peek() !== ',' ? state.numberIn(cursor, 'The number of bytes to skip', 0, bytes.length) : 0;
  const most = bytes.length - skip;
  const count = cursor.take(',') ? state.numberIn(cursor, 'The number of bytes', 0, most) : most;
  pushBytes(state.section, bytes.subarray(skip, skip + count));
};

/** Reads items between commas; none at all is allowed, as in GNU as. */
function forEachItem(cursor: Cursor, item: () => void): void {
  if (cursor.atEnd) return;
  do item(); while (cursor.take(','));
}

const octa: Directive = (state, cursor) => {
  forEachItem(cursor, () => {
    const expression = parseExpression(cursor, { ...state.expressionContext, numberBits: 128 });
    if (expression.kind !== 'number') throw cursor.error('The value of .octa must be a number.');
    pushValue(state.section, expression.value, 16);
  });
};

/** Bytes of each number of a directive. */
const NUMBER_BYTES: Readonly<Record<string, 1 | 2 | 4 | 8>> = {
  byte: 1, '1byte': 1, '2byte': 2, '4byte': 4, '8byte': 8, short: 2, half: 2, hword: 2, long: 4, int: 4, quad: 8, llong: 8,
  'dc.b': 1, 'dc.w': 2, dc: 2, 'dc.l': 4, 'dc.a': 8,
};
const FLOAT_BYTES: Readonly<Record<string, 4 | 8>> = { float: 4, single: 4, ffloat: 4, double: 8, dfloat: 8, 'dc.s': 4, 'dc.d': 8 };

/** A number that a directive puts into memory, by the directive's name without the dot; undefined for one that has no numbers. */
export function dataElement(directive: string, isa: InstructionSetName): AccessedMemory | undefined {
  const bytes = directive === 'word' ? WORD_BYTES[isa] : NUMBER_BYTES[directive];
  if (bytes !== undefined) return { bytes, form: 'unsigned' };
  const floating = FLOAT_BYTES[directive];
  return floating === undefined ? undefined : { bytes: floating, form: 'float' };
}

function ofBytes<B>(table: Readonly<Record<string, B>>, directive: (bytes: B) => Directive): Directives {
  return Object.fromEntries(Object.entries(table).map(([name, bytes]) => [name, directive(bytes)]));
}

export const DATA_DIRECTIVES: Directives = {
  ...ofBytes(NUMBER_BYTES, numbers), ...ofBytes(FLOAT_BYTES, floats),
  word, octa,
  'dcb.b': repeated(numbers(1)), 'dcb.w': repeated(numbers(2)), dcb: repeated(numbers(2)), 'dcb.l': repeated(numbers(4)),
  'dcb.s': repeated(floats(4)), 'dcb.d': repeated(floats(8)),
  ascii: strings(false), asciz: strings(true), string: strings(true),
  string8: strings(true), string16: strings(true, 2), string32: strings(true, 4), string64: strings(true, 8),
  uleb128: leb128(false), sleb128: leb128(true),
  tc: tocEntry, incbin,
};
