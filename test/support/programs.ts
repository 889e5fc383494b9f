/**
 * C programs made with Debian's cross compiler, run by Refault as the command line does and by
 * QEMU's user mode. `test/programs/README.md` says what a program's header may ask for.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunEnd } from '../../src/adapter/comparison/programRun.ts';
import { execute } from '../../src/cli/execution.ts';
import { launchFrom } from '../../src/cli/launch.ts';
import { signalName } from '../../src/sim/kernel/signal/numbers.ts';
import { fakeIo } from './fakeIo.ts';

export const COMPILER = 'powerpc64-linux-gnu-gcc';
export const EMULATOR = 'qemu-ppc64';

const FOLDER = fileURLToPath(new URL('../programs/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/programs/', import.meta.url));
const ENVIRONMENT = { HOME: '/', LANG: 'C', GREETING: 'good morning', EMPTY: '' } as const;

const COMPILER_VERSION = versionOf(COMPILER);
/** A program that runs longer than this many simulated cycles hangs. */
const MOST_CYCLES = 6e9;
const EMULATOR_MILLISECONDS = 60_000;

export interface GuestProgram {
  readonly name: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly args: readonly string[];
  readonly stdin: Uint8Array;
  /** How a note on the debug console begins that the program is meant to cause. */
  readonly notice: string | undefined;
  /** What Linux documents, where QEMU's user mode does something else: standard output, and the end. */
  readonly expected: Ran | undefined;
}

/** What can be seen of a program from outside. `end` is `exit 3` or `SIGSEGV`. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly end: string;
}

/** What a tool says of itself; empty where it is not installed. */
export function versionOf(tool: string): string {
  const { status, stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

export function guestPrograms(): GuestProgram[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith('.c')).sort().map(readProgram);
}

function readProgram(file: string): GuestProgram {
  const name = basename(file, '.c');
  const source = readFileSync(join(FOLDER, file), 'utf8');
  const setting = (key: string): string[] => new RegExp(`^ \\* ${key}: (.*)$`, 'm').exec(source)?.[1]?.split(/\s+/) ?? [];
  const beside = (extension: string): string => join(FOLDER, `${name}.${extension}`);
  const expected = existsSync(beside('expected')) ? readFileSync(beside('expected'), 'utf8') : undefined;
  return {
    name, source, options: setting('options'), args: setting('args'), notice: setting('notice').join(' ') || undefined,
    stdin: existsSync(beside('stdin')) ? new Uint8Array(readFileSync(beside('stdin'))) : new Uint8Array(0),
    expected: expected === undefined ? undefined : { stdout: expected, stderr: '', end: setting('end').join(' ') || 'exit 0' },
  };
}

/** The ELF file of a program; made only where it is not there yet from an earlier run. */
export async function compile({ name, source, options }: GuestProgram, level: string): Promise<string> {
  const flags = ['-static', '-mcpu=cell', '-std=gnu11', '-w', level, ...options];
  const key = createHash('sha1').update([COMPILER_VERSION, ...flags, source].join('\0')).digest('hex').slice(0, 16);
  const output = join(CACHE, key, name);
  if (existsSync(output)) return output;
  mkdirSync(join(CACHE, key), { recursive: true });
  const partial = `${output}.${String(process.pid)}`;
  await promisify(execFile)(COMPILER, [...flags, '-o', partial, join(FOLDER, `${name}.c`), '-lm', '-lpthread']);
  renameSync(partial, output);
  return output;
}

/** Runs an ELF file of a program on the machine of `refault run`. */
export async function runOnRefault(program: GuestProgram, file: string, pageSize: '4K' | '64K'): Promise<Ran & { readonly notices: readonly string[] }> {
  const io = { ...fakeIo(), readFile: (path: string) => Promise.resolve(new Uint8Array(readFileSync(path))) };
  const { settings } = await launchFrom({ operands: [file, ...program.args], ahead: 1, options: { 'page-size': pageSize, 'host-folder': FOLDER } }, undefined, io);
  const bytes = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const notices: string[] = [];
  const { end } = await execute({ ...settings, env: ENVIRONMENT }, MOST_CYCLES, {
    output: (stream, piece) => { bytes[stream].push(piece.slice()); },
    notice: (text) => { if (program.notice === undefined || !text.startsWith(program.notice)) notices.push(text); },
    readInput: () => Promise.resolve(program.stdin),
    drained: () => Promise.resolve(),
  });
  return { stdout: text(bytes.stdout), stderr: text(bytes.stderr), end: endText(end), notices };
}

/** Runs an ELF file of a program on QEMU's user mode. */
export async function runOnQemu(program: GuestProgram, file: string): Promise<Ran> {
  const child = spawn(EMULATOR, [file, ...program.args], { cwd: FOLDER, env: ENVIRONMENT, timeout: EMULATOR_MILLISECONDS });
  const bytes = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  child.stdout.on('data', (piece: Uint8Array) => bytes.stdout.push(piece));
  child.stderr.on('data', (piece: Uint8Array) => bytes.stderr.push(piece));
  child.stdin.on('error', () => undefined);
  child.stdin.end(program.stdin);
  const end = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (child.killed) reject(new Error(`${program.name} did not end on ${EMULATOR} within ${String(EMULATOR_MILLISECONDS / 1000)} s of the host's time.`));
      else resolve(signal ?? `exit ${String(code)}`);
    });
  });
  // The emulator says itself what ended its guest; that line is not the program's.
  return { stdout: text(bytes.stdout), stderr: text(bytes.stderr).replace(/^qemu: uncaught target signal .*\n/m, ''), end };
}

function endText(end: RunEnd): string {
  if (end.kind === 'exit') return `exit ${String(end.code)}`;
  if (end.kind === 'signal') return signalName(end.signal);
  return end.kind === 'deadlock' ? end.report.sentence : end.kind;
}

function text(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString('latin1');
}
