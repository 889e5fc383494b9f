/** System calls as text, the way traces print them: `write(1, 0x100d8ff0, 56)`. */
import { AT_FDCWD } from '../files/flags.ts';
import { signalName } from '../signal/numbers.ts';
import { addressOf, type Argument, type Show } from './arguments.ts';
import { asksRestart, errnoName, isError } from './errno.ts';
import { systemCallName } from './names.ts';
import { findSystemCall } from './table.ts';

const CLOCK_NAMES = [
  'CLOCK_REALTIME', 'CLOCK_MONOTONIC', 'CLOCK_PROCESS_CPUTIME_ID', 'CLOCK_THREAD_CPUTIME_ID', 'CLOCK_MONOTONIC_RAW',
  'CLOCK_REALTIME_COARSE', 'CLOCK_MONOTONIC_COARSE', 'CLOCK_BOOTTIME',
] as const;
/** Registers that can hold arguments, for calls whose shape is not known. */
const MAX_ARGUMENTS = 6;

/** Name and arguments of a call. `textAt` reads a string of the program's memory, where one can be read. */
export function formatSystemCall(number: number, args: readonly bigint[], textAt: (address: number) => string | undefined): string {
  const known = findSystemCall(number)?.arguments;
  const shown = known
    ? known.map((argument, i) => formatArgument(argument, args[i] ?? 0n, textAt))
    : args.slice(0, MAX_ARGUMENTS).map((raw) => hex(raw));
  return `${systemCallName(number)}(${shown.join(', ')})`;
}

/** Result of a call: `56`, `0x4000802000` for addresses, `-EFAULT` for errors, `restart (ERESTARTSYS)`. */
export function formatResult(result: number): string {
  if (asksRestart(result)) return `restart (${errnoName(-result)})`;
  if (isError(result)) return `-${errnoName(-result)}`;
  return result > 0xffff_ffff ? hex(BigInt(result)) : String(result);
}

function formatArgument(argument: Argument<unknown>, raw: bigint, textAt: (address: number) => string | undefined): string {
  if (argument.show !== 'path') return formatValue(argument.show, raw);
  const text = raw === 0n ? undefined : textAt(addressOf(raw));
  return text === undefined ? formatValue('pointer', raw) : JSON.stringify(text);
}

function formatValue(show: Show, raw: bigint): string {
  const int = Number(BigInt.asIntN(32, raw));
  switch (show) {
    case 'decimal':
      return String(BigInt.asIntN(64, raw));
    case 'octal':
      return `0${(int >>> 0).toString(8)}`;
    case 'hex':
      return hex(BigInt.asUintN(32, raw));
    case 'pointer':
      return raw === 0n ? 'NULL' : hex(raw);
    case 'path':
      return hex(raw);
    case 'descriptor':
      return int === AT_FDCWD ? 'AT_FDCWD' : String(int);
    case 'signal':
      return int === 0 ? '0' : signalName(int);
    case 'clock':
      return CLOCK_NAMES[int] ?? String(int);
  }
}

function hex(raw: bigint): string {
  return `0x${BigInt.asUintN(64, raw).toString(16)}`;
}
