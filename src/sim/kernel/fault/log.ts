/** The fault log: appending and reading records in its columns. */
import type {
  Access, FaultChunk, FaultCounter, FaultLog, FaultOrigin, FaultRecord, HandlerAnswer, Outcome, PteInstaller, TrailStep,
} from './state.ts';

/** Records in a chunk: about 100 bytes each. */
export const CHUNK_RECORDS = 2048;
const NONE = -1;
const RECENT_TRAILS = 8;

// Codes of the small columns are places in these lists.
const ORIGINS: readonly FaultOrigin[] = ['ppe', 'mfc', 'kernel'];
export const MFC = ORIGINS.indexOf('mfc');
const ACCESSES: readonly Access[] = ['read', 'write', 'execute'];
export const OUTCOMES: readonly Outcome[] = ['SIGBUS', 'OOM', 'MINOR', 'MAJOR', 'RETRY', 'SIGSEGV'];
const ANSWERS: readonly HandlerAnswer[] = [
  'none', 'page', 'NOPAGE_SIGBUS', 'NOPAGE_OOM', 'NOPAGE_RETRY', 'NOPFN_SIGBUS', 'NOPFN_OOM', 'NOPFN_REFAULT',
  'VM_FAULT_SIGBUS', 'VM_FAULT_OOM', 'VM_FAULT_NOPAGE', 'NOPAGE_REFAULT',
];
const INSTALLERS: readonly PteInstaller[] = ['nobody', 'core', 'handler'];
const KILLED: readonly (FaultRecord['effect']['killed'])[] = [undefined, 'thread', 'group'];
const COUNTERS: readonly FaultCounter[] = ['min_flt', 'maj_flt', 'pgfault', 'pgmajfault'];

export function newFaultLog(): FaultLog {
  return { count: 0, chunks: [], texts: [], textIndex: new Map(), trails: [], trailIndex: new Map(), recent: [] };
}

/** Adds a record; the answer is its id. */
export function appendFault(log: FaultLog, record: FaultRecord): number {
  const id = log.count;
  log.count += 1;
  if (id % CHUNK_RECORDS === 0) log.chunks.push(newChunk());
  write(log, id, record);
  return id;
}

/** Up to `count` records from an id on; a record that does not exist is not there. */
export function readFaults(log: FaultLog, first: number, count: number): FaultRecord[] {
  const records: FaultRecord[] = [];
  for (let id = Math.max(first, 0); id < Math.min(first + count, log.count); id += 1) {
    const record = readFault(log, id);
    if (record) records.push(record);
  }
  return records;
}

/** Trails by their number in the log, for who reads many records: few are different. */
export type KnownTrails = Map<number, TrailStep[]>;

export function readFault(log: FaultLog, id: number, known: KnownTrails = new Map()): FaultRecord | undefined {
  const chunk = log.chunks[Math.floor(id / CHUNK_RECORDS)];
  if (!chunk || id < 0 || id >= log.count) return undefined;
  const i = id % CHUNK_RECORDS;
  const text = (index: number): string | undefined => log.texts[index];
  const coreName = text(at(chunk.coreName, i));
  const signalNumber = at(chunk.signalNumber, i);
  return {
    id,
    cycle: at(chunk.cycle, i),
    attempt: at(chunk.attempt, i),
    retryOf: optional(at(chunk.retryOf, i), NONE),
    origin: ORIGINS[at(chunk.origin, i)] ?? 'ppe',
    task: at(chunk.task, i),
    context: text(at(chunk.context, i)),
    spe: optional(at(chunk.spe, i), NONE),
    pc: at(chunk.pc, i),
    command: text(at(chunk.command, i)),
    tag: optional(at(chunk.tag, i), NONE),
    ea: chunk.ea[i] ?? 0n,
    access: ACCESSES[at(chunk.access, i)] ?? 'read',
    mapping: text(at(chunk.mapping, i)) ?? '',
    handler: text(at(chunk.handler, i)) ?? '',
    handlerAnswer: ANSWERS[at(chunk.answer, i)] ?? 'none',
    coreAnswer: coreName === undefined ? undefined : { name: coreName, value: at(chunk.coreValue, i) },
    outcome: OUTCOMES[at(chunk.outcome, i)] ?? 'MINOR',
    waited: at(chunk.waited, i),
    interruptedBy: optional(at(chunk.interruptedBy, i), 0),
    effect: {
      pte: INSTALLERS[at(chunk.pte, i)] ?? 'nobody',
      signal: signalNumber === 0 ? undefined
        : { number: signalNumber, code: at(chunk.signalCode, i), address: chunk.signalAddress[i] ?? 0n },
      killed: KILLED[at(chunk.killed, i)],
      counters: COUNTERS.filter((_, bit) => (at(chunk.counters, i) & (1 << bit)) !== 0),
    },
    trail: trailOf(log, at(chunk.trail, i), known),
  };
}

function write(log: FaultLog, id: number, record: FaultRecord): void {
  const chunk = log.chunks[Math.floor(id / CHUNK_RECORDS)];
  if (!chunk) return;
  const i = id % CHUNK_RECORDS;
  const { effect, coreAnswer } = record;
  chunk.writes += 1;
  chunk.cycle[i] = record.cycle;
  chunk.attempt[i] = record.attempt;
  chunk.retryOf[i] = record.retryOf ?? NONE;
  chunk.origin[i] = ORIGINS.indexOf(record.origin);
  chunk.task[i] = record.task;
  chunk.context[i] = intern(log.texts, log.textIndex, record.context);
  chunk.spe[i] = record.spe ?? NONE;
  chunk.pc[i] = record.pc;
  chunk.command[i] = intern(log.texts, log.textIndex, record.command);
  chunk.tag[i] = record.tag ?? NONE;
  chunk.ea[i] = record.ea;
  chunk.access[i] = ACCESSES.indexOf(record.access);
  chunk.mapping[i] = intern(log.texts, log.textIndex, record.mapping);
  chunk.handler[i] = intern(log.texts, log.textIndex, record.handler);
  chunk.answer[i] = ANSWERS.indexOf(record.handlerAnswer);
  chunk.coreName[i] = intern(log.texts, log.textIndex, coreAnswer?.name);
  chunk.coreValue[i] = coreAnswer?.value ?? 0;
  chunk.outcome[i] = OUTCOMES.indexOf(record.outcome);
  chunk.waited[i] = record.waited;
  chunk.interruptedBy[i] = record.interruptedBy ?? 0;
  chunk.pte[i] = INSTALLERS.indexOf(effect.pte);
  chunk.signalNumber[i] = effect.signal?.number ?? 0;
  chunk.signalCode[i] = effect.signal?.code ?? 0;
  chunk.signalAddress[i] = effect.signal?.address ?? 0n;
  chunk.killed[i] = KILLED.indexOf(effect.killed);
  chunk.counters[i] = effect.counters.reduce((bits, counter) => bits | (1 << COUNTERS.indexOf(counter)), 0);
  chunk.trail[i] = internTrail(log, record.trail);
}

function newChunk(): FaultChunk {
  const n = CHUNK_RECORDS;
  return {
    writes: 0,
    cycle: new Float64Array(n), waited: new Float64Array(n), pc: new Float64Array(n),
    ea: new BigUint64Array(n), signalAddress: new BigUint64Array(n),
    attempt: new Uint32Array(n), retryOf: new Int32Array(n), task: new Int32Array(n),
    context: new Int32Array(n), command: new Int32Array(n), mapping: new Int32Array(n), handler: new Int32Array(n),
    coreName: new Int32Array(n), coreValue: new Int32Array(n), signalCode: new Int32Array(n), trail: new Int32Array(n),
    spe: new Int16Array(n), tag: new Int8Array(n), interruptedBy: new Uint8Array(n), signalNumber: new Uint8Array(n),
    origin: new Uint8Array(n), access: new Uint8Array(n), answer: new Uint8Array(n), outcome: new Uint8Array(n),
    pte: new Uint8Array(n), killed: new Uint8Array(n), counters: new Uint8Array(n),
  };
}

function intern(texts: string[], index: Map<string, number>, text: string | undefined): number {
  if (text === undefined) return NONE;
  const known = index.get(text);
  if (known !== undefined) return known;
  index.set(text, texts.length);
  return texts.push(text) - 1;
}

function internTrail(log: FaultLog, trail: readonly TrailStep[]): number {
  const { recent } = log;
  for (const known of recent) if (isSameTrail(known.trail, trail)) return known.index;
  const index = intern(log.trails, log.trailIndex, trailText(trail));
  if (recent.length === RECENT_TRAILS) recent.shift();
  recent.push({ trail: [...trail], index });
  return index;
}

function isSameTrail(a: readonly TrailStep[], b: readonly TrailStep[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const one = a[i];
    const other = b[i];
    if (one !== other && (one?.step !== other?.step || one?.path !== other?.path)) return false;
  }
  return true;
}

/** Steps of one path in a row share its name: `do_page_fault:0,1,2;handle_mm_fault:0`. */
function trailText(trail: readonly TrailStep[]): string {
  let text = '';
  let path = '';
  for (const step of trail) {
    if (step.path === path) {
      text += `,${String(step.step)}`;
    } else {
      path = step.path;
      text += `${text === '' ? '' : ';'}${path}:${String(step.step)}`;
    }
  }
  return text;
}

function trailOf({ trails }: FaultLog, index: number, known: KnownTrails): TrailStep[] {
  let trail = known.get(index);
  if (!trail) {
    trail = parseTrail(trails[index] ?? '');
    known.set(index, trail);
  }
  return trail;
}

function parseTrail(text: string): TrailStep[] {
  if (text === '') return [];
  return text.split(';').flatMap((run) => {
    const [path = '', steps = ''] = run.split(':');
    return steps.split(',').map((step) => ({ path, step: Number(step) }));
  });
}

function at(column: ArrayLike<number>, index: number): number {
  return column[index] ?? 0;
}

function optional(value: number, none: number): number | undefined {
  return value === none ? undefined : value;
}
