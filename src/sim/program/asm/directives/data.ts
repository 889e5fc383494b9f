/** Directives that put numbers and characters into the section. */
import type { Cursor } from '../cursor.ts';
import { parseExpression } from '../expressionParser.ts';
import { readFloat, readQuoted, stringBytes } from '../literals.ts';
import { leb128Bytes } from '../leb128.ts';
import { pushBytes, pushTail, pushValue } from '../section.ts';
import type { Directive, Directives } from './directive.ts';

function numbers(size: number): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => { state.data(state.expression(cursor), size); });
  };
}

/** `.word` is two bytes on PowerPC and four on the SPU (tc-ppc.c, tc-spu.c). */
const word: Directive = (state, cursor) => { numbers(state.section.space.isa === 'ppc' ? 2 : 4)(state, cursor); };

function floats(size: 4 | 8): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => {
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      const value = readFloat(cursor);
      if (size === 4) view.setFloat32(0, value);
      else view.setFloat64(0, value);
      pushBytes(state.section, bytes);
    });
  };
}

function strings(terminated: boolean): Directive {
  return (state, cursor) => {
    forEachItem(cursor, () => {
      let quoted = readQuoted(cursor);
      if (quoted === undefined) throw cursor.error('A string in quotation marks must come here.');
      const bytes: number[] = [];
      // Strings without a comma between them are one string.
      for (; quoted !== undefined; quoted = readQuoted(cursor)) bytes.push(...stringBytes(quoted));
      if (terminated) bytes.push(0);
      pushBytes(state.section, Uint8Array.from(bytes));
    });
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

export const DATA_DIRECTIVES: Directives = {
  byte: numbers(1),
  '1byte': numbers(1), '2byte': numbers(2), '4byte': numbers(4), '8byte': numbers(8),
  short: numbers(2), hword: numbers(2), long: numbers(4), int: numbers(4), quad: numbers(8), llong: numbers(8),
  word, octa,
  float: floats(4), single: floats(4), double: floats(8), dfloat: floats(8),
  ascii: strings(false), asciz: strings(true), string: strings(true),
  uleb128: leb128(false), sleb128: leb128(true),
  tc: tocEntry, incbin,
};
