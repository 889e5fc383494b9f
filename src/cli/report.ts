/** How a run ended and what it counted: as text and as JSON (design, section 10). */
import { endText, type ProgramRun, type RunEnd } from '../adapter/comparison/programRun.ts';
import { FaultTexts, type JsonValue } from '../sim/kernel/fault/json.ts';
import { waitedCycles } from '../sim/kernel/spufs/scheduler/waiting.ts';
import { signalName } from '../sim/kernel/signal/numbers.ts';
import type { JsonMember } from './json.ts';
import type { Printed } from './printed.ts';

/** Status of a run that `--max-cycles` ended, as timeout(1) has it; and of one that can never end, as the debugger says it. */
const STATUS_LIMIT = 124;
const STATUS_DEADLOCK = 123;
const SIGNAL_STATUS = 128;

/** Exit status of Refault for how the guest ended. */
export function statusOf(end: RunEnd): number {
  switch (end.kind) {
    case 'exit': return end.code;
    case 'signal': return SIGNAL_STATUS + end.signal;
    case 'limit': return STATUS_LIMIT;
    case 'deadlock': return STATUS_DEADLOCK;
  }
}

/** Counters by the names that the kernel gives them. */
function counters({ machine: { state } }: ProgramRun): Readonly<Record<string, number>> {
  const tasks = [...state.tasks.values()];
  const groups = [...new Set(tasks.map(({ group }) => group))];
  const sum = (of: (task: (typeof tasks)[number]) => number): number => tasks.reduce((total, task) => total + of(task), 0);
  return {
    min_flt: sum(({ minFlt }) => minFlt) + groups.reduce((total, { past, childrenUsage }) => total + past.minFlt + childrenUsage.minFlt, 0),
    maj_flt: sum(({ majFlt }) => majFlt) + groups.reduce((total, { past, childrenUsage }) => total + past.majFlt + childrenUsage.majFlt, 0),
    pgfault: state.counters.pgfault,
    slb_miss: state.counters.slbMiss + state.counters.mfcSlbMiss,
    hash_refill: state.counters.hashRefill + state.counters.mfcHashRefill,
  };
}

export function summary(run: ProgramRun): string[] {
  const { machine: { state, cycle, configuration } } = run;
  const counted = Object.entries(counters(run)).map(([name, value]) => `${name} ${String(value)}`).join('  ');
  const seconds = (cycle / configuration.cyclesPerSecond).toFixed(6);
  return [
    counted,
    ...waits(run),
    `${String(cycle)} cycles (${seconds} s), ${String(state.instructions.ppe)} PPE and ${String(state.instructions.spu)} SPU instructions`,
    endText(run.end),
  ];
}

/** How long contexts waited for an SPE: one that starves stands out. */
function waits({ machine: { state: { spufs }, cycle } }: ProgramRun): string[] {
  const waited = [
    ...spufs.ended,
    ...[...spufs.contexts.values()].map((context) => ({ name: context.name, waited: waitedCycles(context, cycle) })),
  ].filter((context) => context.waited > 0);
  return waited.length === 0 ? [] : [`cycles without an SPE: ${waited.map(({ name, waited: cycles }) => `${name} ${String(cycles)}`).join('  ')}`];
}

/** The whole run as the members of one object. */
export function runToJson(run: ProgramRun, { stdout, stderr }: Printed): Readonly<Record<string, JsonMember>> {
  const { machine: { state, profile, cycle }, end } = run;
  const { contexts, ended } = state.spufs;
  return {
    kernel: profile.name,
    end: endToJson(end),
    stdout,
    stderr,
    cycles: cycle,
    instructions: { ppe: state.instructions.ppe, spu: state.instructions.spu },
    counters: counters(run),
    *faults() {
      const texts = new FaultTexts();
      for (const record of run.faults()) yield texts.of(record, run.placeOf(record));
    },
    contexts: [
      ...ended.map(({ name, faults, waited }) => ({ name, state: 'DESTROYED', spe: null, waited, faults: { ...faults } })),
      ...[...contexts.values()].map((context) => ({
        name: context.name, state: context.state, spe: context.spe ?? null, waited: waitedCycles(context, cycle), faults: { ...context.faults },
      })),
    ],
  };
}

function endToJson(end: RunEnd): JsonValue {
  switch (end.kind) {
    case 'signal': return { kind: 'signal', signal: signalName(end.signal) };
    case 'deadlock': return {
      kind: 'deadlock', text: end.report.sentence,
      waits: end.report.waits.map(({ tid, name, waitsFor, path, interruptible, holders, behind, holds }) => ({
        tid, name, waitsFor, path: path ?? null, interruptible, holders: [...holders], behind: [...behind], holds: [...holds],
      })),
      circle: [...end.report.circle],
    };
    case 'exit': return { kind: 'exit', code: end.code };
    case 'limit': return { kind: 'limit' };
  }
}
