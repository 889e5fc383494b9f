/**
 * Arguments of system calls: their names and how a trace shows them, what a call's function
 * gets for the register, and which ones are buffers that are copied in before the call or
 * out after it.
 */

/** How a trace prints an argument. */
export type Show = 'decimal' | 'hex' | 'octal' | 'pointer' | 'path' | 'descriptor' | 'signal' | 'clock';

/** What an argument copies. `bytes` may depend on the other arguments. */
export type Copy =
  /** Read before the call; a null pointer reads nothing where `optional`. */
  | { readonly kind: 'in'; readonly bytes: number | ((args: readonly bigint[]) => number); readonly optional: boolean }
  /** A string that ends with a zero byte, at most PATH_MAX bytes; a null pointer reads nothing where `optional`. */
  | { readonly kind: 'text'; readonly optional: boolean }
  /** Written after the call, if the call put something there; a null pointer takes nothing where `optional`. */
  | { readonly kind: 'out'; readonly optional: boolean }
  /** Read before the call and written after it; a null pointer does neither. */
  | { readonly kind: 'inOut'; readonly bytes: number | ((args: readonly bigint[]) => number); readonly optional: true };

/** What the function of a call gets for a buffer that it fills. */
export interface OutBuffer {
  readonly address: number;
  /** Set by the call; copied to the program when the call succeeds. */
  bytes: Uint8Array | undefined;
}

/** Values that the generic steps have made of one argument. */
export interface ArgumentValue {
  readonly raw: bigint;
  input: Uint8Array | undefined;
  text: string;
  readonly output: OutBuffer;
}

export interface Argument<T> {
  readonly name: string;
  readonly show: Show;
  readonly copy: Copy | undefined;
  /** What the function of the call is handed. */
  readonly value: (argument: ArgumentValue) => T;
}

/** A C int: 32 bits, signed. */
export function int(name: string, show: Show = 'decimal'): Argument<number> {
  return { name, show, copy: undefined, value: ({ raw }) => Number(BigInt.asIntN(32, raw)) };
}

/** Flags: 32 bits, shown in hexadecimal. */
export function flags(name: string): Argument<number> {
  return int(name, 'hex');
}

export function descriptor(name = 'fd'): Argument<number> {
  return int(name, 'descriptor');
}

export function signal(name = 'sig'): Argument<number> {
  return int(name, 'signal');
}

/** A C long, signed; exact up to 2^53. */
export function long(name: string): Argument<number> {
  return { name, show: 'decimal', copy: undefined, value: ({ raw }) => Number(BigInt.asIntN(64, raw)) };
}

/** A size_t or unsigned long; huge values lose their low bits, and are refused all the same. */
export function size(name: string): Argument<number> {
  return { name, show: 'decimal', copy: undefined, value: ({ raw }) => Number(BigInt.asUintN(64, raw)) };
}

/** An address that the call itself looks at. */
export function address(name: string): Argument<number> {
  return { name, show: 'pointer', copy: undefined, value: ({ raw }) => addressOf(raw) };
}

/** A 64-bit register as it is. */
export function word(name: string): Argument<bigint> {
  return { name, show: 'hex', copy: undefined, value: ({ raw }) => raw };
}

/** A file name. */
export function pathname(name = 'path'): Argument<string> {
  return { name, show: 'path', copy: { kind: 'text', optional: false }, value: ({ text }) => text };
}

/** A file name that may be left out with a null pointer. */
export function optionalPathname(name = 'path'): Argument<string | undefined> {
  return { name, show: 'path', copy: { kind: 'text', optional: true }, value: ({ raw, text }) => (raw === 0n ? undefined : text) };
}

/** A structure that the program hands in. */
export function input(name: string, bytes: number | ((args: readonly bigint[]) => number)): Argument<Uint8Array> {
  return { name, show: 'pointer', copy: { kind: 'in', bytes, optional: false }, value: ({ input: given }) => given ?? new Uint8Array(0) };
}

/** A structure that the program may leave out with a null pointer. */
export function optionalInput(name: string, bytes: number): Argument<Uint8Array | undefined> {
  return { name, show: 'pointer', copy: { kind: 'in', bytes, optional: true }, value: ({ input: given }) => given };
}

/** A buffer that the call fills. */
export function output(name: string): Argument<OutBuffer> {
  return { name, show: 'pointer', copy: { kind: 'out', optional: false }, value: ({ output: buffer }) => buffer };
}

/** A buffer that the call fills unless it is a null pointer. */
export function optionalOutput(name: string): Argument<OutBuffer> {
  return { name, show: 'pointer', copy: { kind: 'out', optional: true }, value: ({ output: buffer }) => buffer };
}

/** A structure that the program hands in and gets back changed, unless it is a null pointer. */
export interface Update {
  readonly given: Uint8Array | undefined;
  readonly output: OutBuffer;
}

export function update(name: string, bytes: number | ((args: readonly bigint[]) => number)): Argument<Update> {
  return {
    name, show: 'pointer', copy: { kind: 'inOut', bytes, optional: true },
    value: ({ input: given, output: buffer }) => ({ given, output: buffer }),
  };
}

/** An effective address as a number; addresses beyond 2^53 stay far outside the user region. */
export function addressOf(raw: bigint): number {
  return Number(BigInt.asUintN(64, raw));
}
