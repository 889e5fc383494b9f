/** Checks of what comes over the wire: small readers that name the argument that is wrong. */

/** Reads a value of one shape. Throws `ShapeError` for anything else. */
export type Reader<T> = (value: unknown, name: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

export class ShapeError extends Error {
  constructor(readonly argument: string, readonly expected: string) {
    super(`${argument} has to be ${expected}`);
    this.name = 'ShapeError';
  }
}

export const text: Reader<string> = (value, name) => {
  if (typeof value === 'string') return value;
  throw new ShapeError(name, 'a string');
};

export const flag: Reader<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value;
  throw new ShapeError(name, 'true or false');
};

/** A whole number in bounds. */
export function whole(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, name) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new ShapeError(name, `a whole number${boundsText(least, most)}`);
  };
}

export function oneOf<const T extends readonly string[]>(...words: T): Reader<T[number]> {
  return (value, name) => {
    const word = words.find((w) => w === value);
    if (word !== undefined) return word;
    throw new ShapeError(name, words.map((w) => JSON.stringify(w)).join(' or '));
  };
}

export function list<T>(of: Reader<T>): Reader<readonly T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new ShapeError(name, 'a list');
    return value.map((item: unknown, index) => of(item, `${name}[${String(index)}]`));
  };
}

/** An object whose values are all of one shape. */
export function table<T>(of: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, name) => Object.fromEntries(entriesOf(value, name).map(([key, item]) => [key, of(item, `${name}.${key}`)]));
}

/** Either of two shapes, tried in order; `expected` says both. */
export function either<A, B>(first: Reader<A>, second: Reader<B>, suitsFirst: (value: unknown) => boolean): Reader<A | B> {
  return (value, name) => (suitsFirst(value) ? first(value, name) : second(value, name));
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Needed<S extends Shape> = { readonly [K in keyof S]: Read<S[K]> };
type Optional<S extends Shape> = { readonly [K in keyof S]?: Read<S[K]> };

/**
 * An object with what it needs and what it may have. Other members are left out, as the
 * protocol lets clients send more than they have to; null counts as absent.
 */
export function record<N extends Shape, O extends Shape>(needed: N, optional: O): Reader<Needed<N> & Optional<O>> {
  return (value, name) => {
    const given = Object.fromEntries(entriesOf(value, name));
    const result: Record<string, unknown> = {};
    for (const [key, reader] of Object.entries(needed)) result[key] = reader(given[key], member(name, key));
    for (const [key, reader] of Object.entries(optional)) {
      const item = given[key];
      if (item !== undefined && item !== null) result[key] = reader(item, member(name, key));
    }
    return result as Needed<N> & Optional<O>;
  };
}

/** As `record`, but what it does not know is an error: for configurations that people write. */
export function exactRecord<N extends Shape, O extends Shape>(needed: N, optional: O, also: readonly string[] = []): Reader<Needed<N> & Optional<O>> {
  const read = record(needed, optional);
  const known = [...Object.keys(needed), ...Object.keys(optional), ...also];
  return (value, name) => {
    const stranger = entriesOf(value, name).find(([key]) => !known.includes(key));
    if (stranger) throw new ShapeError(member(name, stranger[0]), `left out: there is no such setting (there are ${Object.keys({ ...needed, ...optional }).join(', ')})`);
    return read(value, name);
  };
}

export const nothing: Reader<undefined> = () => undefined;

function member(name: string, key: string): string {
  return name === '' ? key : `${name}.${key}`;
}

function entriesOf(value: unknown, name: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  if (value === undefined && name === '') return [];
  throw new ShapeError(name === '' ? 'arguments' : name, 'an object');
}

function boundsText(least: number, most: number): string {
  if (most === Number.MAX_SAFE_INTEGER) return least === Number.MIN_SAFE_INTEGER ? '' : ` from ${String(least)}`;
  return ` from ${String(least)} to ${String(most)}`;
}
