/**
 * Settings that a source file carries itself, in comments of its own, so that it runs as its
 * author meant with no launch configuration:
 *
 *     # refault: spes=1 memory=8M
 *     # refault: limit [heap]=64K
 *     # refault: swap=1M disk=16M init=yes
 *     # refault: fail read:/tmp/data=2 read:swap=1-3*2 mkwrite:/dev/ring=0 hpte:/spu/a/signal1=0
 *     # refault: device ring size=64K answers=retry*3,wait(5000),page
 *
 * A launch configuration or a command-line option of the same name wins.
 */
import type { DeviceAnswer, ScriptedDevice } from '../kernel/files/state.ts';
import type { ScriptedFailure } from '../kernel/mm/state.ts';
import type { Source } from './asm/reader.ts';
import { type ProgramError, ProgramErrors, type SourcePlace } from './program.ts';

/** What a program may say about the machine that it wants. Sizes in bytes. */
export interface ProgramSettings {
  readonly spes?: number;
  readonly ramBytes?: number;
  readonly pageBytes?: 4096 | 65536;
  readonly ppeThreads?: number;
  readonly cyclesPerSecond?: number;
  /** User number of the program; 0 is root. */
  readonly uid?: number;
  readonly swapBytes?: number;
  readonly diskBytes?: number;
  /** The program is process 1, which the kernel never kills for lack of memory. */
  readonly init?: boolean;
  readonly devices: readonly ScriptedDevice[];
  /** Memory limits by a mapping's name, in bytes: a fault beyond one is answered with OOM. */
  readonly mappingLimits: ReadonlyMap<string, number>;
  readonly failures: readonly ScriptedFailure[];
}

/** uid_t has 32 bits; -1 is none. */
export const MOST_UID = 0xffff_fffe;

export const MOST_SWAP = 2 ** 31;
export const MOST_DISK = 2 ** 32;

const COMMENT = /^\s*(?:#|\/\/|\/\*)\s*refault:\s*(.*?)(?:\*\/)?\s*$/;

/** What one setting is about, and what it says. */
type Setting =
  | { readonly kind: NumberName; readonly value: number }
  | { readonly kind: 'init'; readonly value: boolean }
  | { readonly kind: 'limit'; readonly mapping: string; readonly value: number }
  | { readonly kind: 'device'; readonly value: ScriptedDevice }
  | { readonly kind: 'failure'; readonly value: ScriptedFailure };
type NumberName = 'spes' | 'ramBytes' | 'pageBytes' | 'ppeThreads' | 'cyclesPerSecond' | 'swapBytes' | 'diskBytes' | 'uid';
type Say = (setting: Setting) => void;

/** The settings of one file, the last of each kind, by what it is about in the words of the source. */
type Said = Map<string, { readonly setting: Setting; readonly place: SourcePlace }>;

/**
 * Reads the settings of the source files of one program; the files must agree.
 * @throws ProgramErrors with every setting that cannot be understood or contradicts another file, with its place.
 */
export function readSettings(sources: readonly Source[]): ProgramSettings {
  const errors: ProgramError[] = [];
  const all: Said = new Map();
  for (const source of sources) {
    for (const [about, said] of readFile(source, errors)) {
      const other = all.get(about);
      if (!other) all.set(about, said);
      else if (JSON.stringify(other.setting) !== JSON.stringify(said.setting)) errors.push({ ...said.place, message: contradiction(about, other.place) });
    }
  }
  if (errors.length > 0) throw new ProgramErrors(errors);
  return settingsOf([...all.values()].map(({ setting }) => setting));
}

function contradiction(about: string, { file, line }: SourcePlace): string {
  return `The setting "${about}" is another one at ${file}:${String(line)}: the files of one program must agree.`;
}

function readFile({ path: file, text }: Source, errors: ProgramError[]): Said {
  const said: Said = new Map();
  text.split('\n').forEach((line, index) => {
    const body = COMMENT.exec(line)?.[1];
    if (body === undefined) return;
    const place = { file, line: index + 1, column: line.indexOf('refault:') + 1 };
    const words = body.split(/\s+/).filter((word) => word !== '');
    const message = readLine(words, (setting) => { said.set(aboutOf(setting), { setting, place }); });
    if (message !== undefined) errors.push({ ...place, message });
  });
  return said;
}

const NUMBER_NAMES: Readonly<Record<NumberName, string>> = {
  spes: 'spes', ramBytes: 'memory', pageBytes: 'page-size', ppeThreads: 'ppe-threads', cyclesPerSecond: 'cycles-per-second', swapBytes: 'swap', diskBytes: 'disk', uid: 'uid',
};

function aboutOf(setting: Setting): string {
  switch (setting.kind) {
    case 'limit': return `limit ${setting.mapping}`;
    case 'device': return `device ${setting.value.name}`;
    case 'init': return 'init';
    // Nothing contradicts a failure: all of them are there, the same one once.
    case 'failure': return `fail ${JSON.stringify(setting.value)}`;
    default: return NUMBER_NAMES[setting.kind];
  }
}

function settingsOf(settings: readonly Setting[]): ProgramSettings {
  const numbers: Partial<Record<NumberName, number>> = {};
  const devices: ScriptedDevice[] = [];
  const failures: ScriptedFailure[] = [];
  const mappingLimits = new Map<string, number>();
  let init: boolean | undefined;
  for (const setting of settings) {
    switch (setting.kind) {
      case 'limit': mappingLimits.set(setting.mapping, setting.value); break;
      case 'device': devices.push(setting.value); break;
      case 'failure': failures.push(setting.value); break;
      case 'init': init = setting.value; break;
      default: numbers[setting.kind] = setting.value;
    }
  }
  const { pageBytes, ...others } = numbers;
  return {
    ...others, ...(init === undefined ? {} : { init }), ...(pageBytes === undefined ? {} : { pageBytes: pageBytes === 65536 ? pageBytes : 4096 }),
    devices, mappingLimits, failures,
  };
}

function readLine(words: readonly string[], say: Say): string | undefined {
  const [first, ...rest] = words;
  if (first === 'device') return readDevice(rest, say);
  if (first === 'limit') return readLimits(rest, say);
  if (first === 'fail') return readFailures(rest, say);
  return readWords(words, say);
}

function readLimits(words: readonly string[], say: Say): string | undefined {
  if (words.length === 0) return 'A limit needs a mapping and a size: "limit [heap]=64K".';
  for (const word of words) {
    const cut = word.lastIndexOf('=');
    const size = parseSize(word.slice(cut + 1));
    if (cut <= 0 || size === undefined) return `The limit "${word}" is not a mapping and a size: write it like [heap]=64K or /tmp/data=8K.`;
    say({ kind: 'limit', mapping: word.slice(0, cut), value: size });
  }
  return undefined;
}

function readFailures(words: readonly string[], say: Say): string | undefined {
  if (words.length === 0) return 'A failure needs an operation, a file and pages: "fail read:/tmp/data=2".';
  for (const word of words) {
    const cut = word.indexOf(':');
    const equals = word.lastIndexOf('=');
    const failure = cut < 0 || equals < cut ? undefined : parseFailure(word.slice(0, cut), word.slice(cut + 1, equals), word.slice(equals + 1));
    if (!failure) return `The failure "${word}" cannot be read: write it like read:/tmp/data=2, write:/tmp/data=0-3, mkwrite:/dev/ring=0*1, hpte:/spu/a/signal1=0 or read:swap=5.`;
    say({ kind: 'failure', value: failure });
  }
  return undefined;
}

const OPERATIONS: readonly ScriptedFailure['operation'][] = ['read', 'write', 'mkwrite', 'hpte'];

function isFailing(word: string): word is ScriptedFailure['operation'] {
  return OPERATIONS.some((operation) => operation === word);
}

/** `read`, `/tmp/data`, `2-5*1`: pages 2 to 5 cannot be read, once; without a count for ever. Undefined where it cannot be read. */
export function parseFailure(operation: string, path: string, pages: string): ScriptedFailure | undefined {
  const match = /^(\d+)(?:-(\d+))?(?:\*(\d+))?$/.exec(pages);
  if (!match || !isFailing(operation) || !(path.startsWith('/') || path === 'swap')) return undefined;
  const firstPage = Number(match[1]);
  const lastPage = match[2] === undefined ? firstPage : Number(match[2]);
  return lastPage < firstPage ? undefined : { path, operation, firstPage, lastPage, count: match[3] === undefined ? Infinity : Number(match[3]) };
}

function readWords(words: readonly string[], say: Say): string | undefined {
  for (const word of words) {
    const [name = '', value = ''] = word.split('=');
    const message = readSetting(name, value, say);
    if (message !== undefined) return message;
  }
  return undefined;
}

function readSetting(name: string, value: string, say: Say): string | undefined {
  const number = parseSize(value);
  const within = (kind: NumberName, low: number, high: number, rule: string): string | undefined => {
    if (number === undefined || number < low || number > high) return `The setting ${rule}.`;
    say({ kind, value: number });
    return undefined;
  };
  switch (name) {
    case 'spes':
      return within('spes', 0, 16, 'spes takes a number of SPEs from 0 to 16');
    case 'ppe-threads':
      return within('ppeThreads', 1, 2, 'ppe-threads takes 1 or 2');
    case 'memory':
      return within('ramBytes', 1 << 20, 2 ** 31, 'memory takes a size from 1M to 2G');
    case 'cycles-per-second':
      return within('cyclesPerSecond', 1000, 1e12, 'cycles-per-second takes a number from 1000');
    case 'swap':
      return within('swapBytes', 0, MOST_SWAP, 'swap takes a size up to 2G');
    case 'disk':
      return within('diskBytes', 0, MOST_DISK, 'disk takes a size up to 4G');
    case 'init':
      if (value !== 'yes' && value !== 'no') return `init takes yes or no; "${value}" is neither.`;
      say({ kind: 'init', value: value === 'yes' });
      return undefined;
    case 'uid':
      return within('uid', 0, MOST_UID, 'uid takes a user number, 0 for root');
    case 'page-size':
      if (number !== 4096 && number !== 65536) return `page-size takes 4K or 64K; "${value}" is neither.`;
      say({ kind: 'pageBytes', value: number });
      return undefined;
    default:
      return `There is no setting "${name}". Settings are spes, ppe-threads, memory, page-size, swap, disk, init, cycles-per-second, uid, limit MAPPING=SIZE, fail OPERATION:PATH=PAGES, and device NAME size=… answers=….`;
  }
}

function readDevice(words: readonly string[], say: Say): string | undefined {
  const [name = '', ...rest] = words;
  if (!/^[A-Za-z][\w.-]*$/.test(name)) return 'A device needs a name: "device NAME size=4K answers=page".';
  const values = new Map(rest.map((word): [string, string] => {
    const [key = '', ...value] = word.split('=');
    return [key, value.join('=')];
  }));
  const size = parseSize(values.get('size') ?? '4K');
  if (size === undefined || size <= 0) return `The size of the device ${name} is not a size: write it like 4096, 4K or 1M.`;
  const answers = parseAnswers(values.get('answers') ?? 'page');
  if (typeof answers === 'string') return `The device ${name}: ${answers}`;
  say({ kind: 'device', value: { name, size, answers } });
  return undefined;
}

/** `retry*3,wait(5000),wait!(5000),install,page`: answers in order; the last one repeats for ever unless it has a count. A sentence when it cannot be read. */
function parseAnswers(text: string): DeviceAnswer[] | string {
  const answers: DeviceAnswer[] = [];
  const parts = text.split(',');
  for (const [index, part] of parts.entries()) {
    const match = /^([a-zA-Z-]+)(!?)(?:\((\d+)\))?(?:\*(\d+))?$/.exec(part.trim());
    const answer = match && deviceAnswer(match[1] ?? '');
    if (!match || !answer) {
      return `the answer "${part}" is none of page, sigbus, oom, retry, wait(CYCLES), wait!(CYCLES), install.`;
    }
    if (answer === 'wait' && match[3] === undefined) return 'the answer wait needs its cycles: wait(5000).';
    const last = index === parts.length - 1 && answer !== 'wait';
    answers.push({
      answer,
      count: match[4] !== undefined ? Number(match[4]) : last ? Infinity : 1,
      cycles: Number(match[3] ?? 0),
      interruptible: match[2] !== '!',
    });
  }
  return answers;
}

function deviceAnswer(word: string): DeviceAnswer['answer'] | undefined {
  switch (word) {
    case 'page': case 'sigbus': case 'oom': case 'retry': case 'wait': return word;
    case 'install': return 'installAndRetry';
    default: return undefined;
  }
}

/** A size or number such as `4096`, `64K`, `8M`, `1G`, `0x1000`; undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(0x[0-9a-fA-F]+|\d+)([KkMmGg]?)$/.exec(text);
  if (!match) return undefined;
  const factor = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] ?? '').toLowerCase()];
  return factor === undefined ? undefined : Number(match[1]) * factor;
}
