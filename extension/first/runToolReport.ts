/** A run as text for an assistant: short, in English, with the faults that matter first. */
import type { FaultRow } from '../../src/adapter/protocol.ts';
import type { HeadlessRun } from '../headless/headlessRun.ts';
import type { RunToolInput } from './runToolInput.ts';

/** Bytes that an answer may have, so that it leaves room in a conversation. */
const MOST_CHARACTERS = 16_000;
const ORDINARY: ReadonlySet<FaultRow['outcome']> = new Set(['MINOR', 'MAJOR']);

export function reportForAssistant(run: HeadlessRun, { faults: most }: Pick<RunToolInput, 'faults'>): string {
  const { faults: { total, faults }, status: { kernel, cycle, cyclesPerSecond } } = run;
  const counts: Partial<Record<FaultRow['outcome'], number>> = {};
  for (const { outcome } of faults) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const shown = [...faults.filter(({ outcome }) => !ORDINARY.has(outcome)), ...faults.filter(({ outcome }) => ORDINARY.has(outcome))].slice(0, most);
  const lines = [
    `Kernel: Linux ${kernel}. ${endText(run)} Simulated time: ${String(cycle)} cycles (${(cycle / cyclesPerSecond).toFixed(6)} s).`,
    ...printed('Standard output', run.stdout), ...printed('Standard error', run.stderr), ...printed('Debugger', run.notes),
    `Page faults: ${String(total)} in all; ${faults.length < total ? `of the newest ${String(faults.length)}: ` : ''}${Object.entries(counts).map(([outcome, count]) => `${outcome} ${String(count)}`).join(', ')}.`,
    ...(shown.length === 0 ? [] : [`${String(shown.length)} of them, those that are neither MINOR nor MAJOR first, newest first:`, ...shown.map(faultLine)]),
  ];
  return bounded(lines);
}

function endText({ exitCode }: HeadlessRun): string {
  return exitCode === undefined ? 'It was ended before its own end: it took too long, or the request was withdrawn.' : `It ended with status ${String(exitCode)}${exitCode > 128 ? ` (killed by signal ${String(exitCode - 128)})` : ''}.`;
}

function printed(title: string, text: string): readonly string[] {
  return text === '' ? [] : [`${title}:`, text.trimEnd()];
}

function faultLine(row: FaultRow): string {
  const file = row.source?.path?.split(/[\\/]/).at(-1);
  const parts: Readonly<Record<string, string | number | undefined>> = {
    origin: row.origin, task: row.task, context: row.context, command: row.command,
    at: [row.symbol ?? row.pc, ...(file === undefined || row.line === undefined ? [] : [`${file}:${String(row.line)}`])].join(' '),
    handler: row.handler, 'handler said': row.handlerAnswer, 'core said': row.coreAnswer, 'PTE installed by': row.pte,
    waited: row.waited === 0 ? undefined : row.waited, 'interrupted by': row.interruptedBy, signal: row.signal, killed: row.killed,
    attempt: row.attempt === 1 ? undefined : row.attempt, repeats: row.retryOf, livelock: row.livelock === true ? 'yes' : undefined,
  };
  const words = Object.entries(parts).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}=${String(value)}`]));
  return `#${String(row.id)} cycle ${String(row.cycle)} ${row.outcome} ${row.access} ${row.ea} in ${row.mapping === '' ? 'no mapping' : row.mapping}: ${words.join('; ')}`;
}

function bounded(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > MOST_CHARACTERS) return `${text}(More is left out: ask for fewer faults.)`;
    text += `${line}\n`;
  }
  return text;
}
