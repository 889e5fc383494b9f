/** A fault from its first step to its record: who keeps what in `FaultInFlight`. */
import type { Kernel } from '../kernel.ts';
import { wait, type Verdict } from '../path.ts';
import { SIGNAL } from '../signal/numbers.ts';
import { nextSignal } from '../signal/pending.ts';
import type { Task, WaitQueue } from '../state.ts';
import { attemptOf, livelockWarning, rememberFailure } from './attempts.ts';
import { appendFault } from './log.ts';
import { isInterruptible } from './retryPolicy.ts';
import type { Access, CoreAnswer, FaultCounter, FaultInFlight, FaultOrigin, FaultRecord, HandlerAnswer, Outcome, PteInstaller } from './state.ts';
import { faultDecided } from '../../timeline/record.ts';

/** What is known when a fault begins. */
export interface FaultBegin {
  readonly origin: FaultOrigin;
  readonly ea: bigint;
  readonly access: Access;
  readonly pc: number;
  /** For `mfc`: SPE context, physical SPE, command and its tag. */
  readonly context?: string | undefined;
  readonly spe?: number | undefined;
  readonly command?: string | undefined;
  readonly tag?: number | undefined;
}

export function beginFault(k: Kernel, task: Task, begin: FaultBegin): FaultInFlight {
  const { origin, ea, access, pc, context, spe, command, tag } = begin;
  const record: FaultRecord = {
    id: -1, cycle: k.now(), attempt: 1, retryOf: undefined, origin, task: task.tid, context, spe, pc, command, tag, ea, access,
    mapping: '', handler: '', handlerAnswer: 'none', coreAnswer: undefined, outcome: 'SIGSEGV', waited: 0, interruptedBy: undefined,
    effect: { pte: 'nobody', signal: undefined, killed: undefined, counters: [] }, trail: [],
  };
  return { record, sleepingSince: undefined, interruptible: isInterruptible(k, task, record) };
}

/**
 * The answer of a step that sleeps on behalf of a fault, so that the record knows how long.
 * The step calls `faultWoke` first thing when it runs again.
 */
export function faultSleeps(k: Kernel, fault: FaultInFlight, queue: WaitQueue, interruptible: boolean, exclusive = false): Verdict {
  fault.sleepingSince ??= k.now();
  return wait(queue, interruptible && fault.interruptible, exclusive);
}

/** Ends the wait that `faultSleeps` began, if one did; notes the signal that ended it. */
export function faultWoke(k: Kernel, task: Task, fault: FaultInFlight): void {
  if (fault.sleepingSince === undefined) return;
  fault.record.waited += k.now() - fault.sleepingSince;
  fault.sleepingSince = undefined;
  if (task.interrupted) fault.record.interruptedBy = nextSignal(task);
}

/** A fault that was served counts for its task; what Google's patch sent back counts as a major one (facts 8.14). */
export function countServed({ profile }: Kernel, task: Task, fault: FaultInFlight, verdict: 'minor' | 'major'): void {
  const { handlerAnswer, effect } = fault.record;
  const sentBack = RETRY_ANSWERS.has(handlerAnswer) && effect.pte === 'nobody';
  if (verdict === 'major' || (sentBack && profile.retriedCounts === 'maj_flt')) {
    task.majFlt += 1;
    countFault(fault, 'maj_flt');
  } else {
    task.minFlt += 1;
    countFault(fault, 'min_flt');
  }
}

export function countFault(fault: FaultInFlight, counter: FaultCounter): void {
  const { counters } = fault.record.effect;
  if (!counters.includes(counter)) counters.push(counter);
}

/** The page is in place, by whom. */
export function notePte(fault: FaultInFlight, installer: PteInstaller): void {
  fault.record.effect.pte = installer;
}

/** What becomes of a fault. */
export interface Decision {
  readonly core: CoreAnswer | undefined;
  /** `address` is the faulting one unless it is given. */
  readonly signal?: { readonly number: number; readonly code: number; readonly address?: bigint };
  readonly killed?: 'thread' | 'group';
  /** The word for it where no core was asked and no signal is sent: a kernel access. */
  readonly outcome?: Outcome;
}

/**
 * Completes the record, puts it into the log and tells the debugger. The step that calls this
 * has no effect on the program yet; the one after it has.
 */
export function decideFault(k: Kernel, task: Task, fault: FaultInFlight, { core, signal, killed, outcome }: Decision): void {
  const { record } = fault;
  record.coreAnswer = core;
  if (signal) record.effect.signal = { address: record.ea, ...signal };
  record.outcome = outcome ?? outcomeOf(record);
  record.effect.killed = killed;
  const earlier = attemptOf(task, record);
  record.attempt = (earlier?.attempt ?? 0) + 1;
  record.retryOf = earlier?.id;
  record.id = appendFault(k.state.faults, record);
  rememberFailure(task, record);
  const context = record.context === undefined ? undefined : k.state.spufs.contexts.get(record.context);
  if (context) context.faults[record.outcome] += 1;
  const warning = livelockWarning(record);
  if (warning !== undefined) k.notice(warning);
  faultDecided(k, record);
  k.faultDecided(record);
}

const RETRY_ANSWERS: ReadonlySet<HandlerAnswer> = new Set(['NOPAGE_RETRY', 'NOPAGE_REFAULT', 'NOPFN_REFAULT', 'VM_FAULT_NOPAGE']);

/** The word for the user (design, section 6): what the handler asked for goes before what the core made of it. */
function outcomeOf({ handlerAnswer, coreAnswer, effect }: FaultRecord): Outcome {
  if (coreAnswer === undefined) return effect.signal?.number === SIGNAL.SIGBUS ? 'SIGBUS' : 'SIGSEGV';
  if (RETRY_ANSWERS.has(handlerAnswer)) return 'RETRY';
  switch (coreAnswer.name) {
    case 'VM_FAULT_SIGBUS': return 'SIGBUS';
    case 'VM_FAULT_OOM': return 'OOM';
    case 'VM_FAULT_MAJOR': return 'MAJOR';
    default: return 'MINOR';
  }
}
