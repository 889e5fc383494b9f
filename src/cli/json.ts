/** JSON in pieces: a run may leave millions of fault records, more than one string can hold. */
import type { JsonValue } from '../sim/kernel/fault/json.ts';

/** A value, or a list that is made while it is written, of items that are JSON texts. */
export type JsonMember = JsonValue | (() => Iterable<string>);

/** An object with a line for each member, and one for each item of a list that is made while it is written. */
export function* objectText(members: Readonly<Record<string, JsonMember>>): Generator<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(members)) {
    yield `${before}  ${JSON.stringify(name)}: `;
    before = ',\n';
    if (typeof value === 'function') yield* listText(value());
    else yield JSON.stringify(value);
  }
  yield '\n}';
}

function* listText(items: Iterable<string>): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield `${before}    ${item}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]' : '\n  ]';
}
