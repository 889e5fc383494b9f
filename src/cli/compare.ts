/** `refault compare`: one program under several kernels, its faults side by side. */
import type { PreparedLaunch } from '../adapter/launch/prepare.ts';
import type { FaultRecord } from '../sim/kernel/fault/state.ts';
import type { ProfileChoice } from '../sim/kernel/profile/lookup.ts';
import { PROFILES } from '../sim/kernel/profile/tables.ts';
import { Interpreters } from '../sim/run/interpreters.ts';
import { parseCommand } from './args.ts';
import { type Execution, execute } from './execution.ts';
import { coreText, effectText, handlerText, outcomeText } from './faultTable.ts';
import { CommandError, type Io } from './io.ts';
import { objectText } from './json.ts';
import { cycleLimit, kernelsIn, launchFrom } from './launch.ts';
import { type Printed, OutputText } from './printed.ts';
import { print, printLines } from './printing.ts';
import { endText, runToJson } from './report.ts';
import { COMPARE } from './specs.ts';
import { type Column, table } from './table.ts';

/** The same access under each kernel; undefined where a program did not come so far. */
interface Row {
  readonly access: string;
  readonly place: string;
  readonly faults: readonly (FaultRecord | undefined)[];
}

/** Faults of each run that are put side by side; a program may have millions. */
const MOST_FAULTS = 2000;
/** Kernels of which a line has room for all that is said of a fault. */
const MOST_IN_FULL = 3;

export async function compareCommand(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseCommand(COMPARE, args);
  const { options } = parsed;
  const limit = cycleLimit(options['max-cycles']);
  // All of them first: what is wrong with the last is told before the first has run for long.
  const launches: PreparedLaunch[] = [];
  for (const kernel of kernelsOf(options.kernels)) launches.push(await launchFrom(parsed, kernel, io));
  for (const warning of launches[0]?.warnings ?? []) io.err(`refault: ${warning}\n`);
  const runs: Execution[] = [];
  const printed: Printed[] = [];
  const interpreters = new Interpreters();
  for (const { settings } of launches) {
    const text = new OutputText();
    runs.push(await execute(settings, limit, {
      notice: (sentence) => { io.err(`refault: ${settings.profile.name}: ${sentence}\n`); },
      output: (stream, bytes) => { text.add(stream, bytes); },
      readInput: () => io.readInput(),
      drained: () => io.drained(),
    }, interpreters));
    printed.push(text.end());
  }
  if (options.json) await print(io, listOfRuns(runs, printed));
  else await printLines(io, comparison(runs));
  return 0;
}

function* listOfRuns(runs: readonly Execution[], printed: readonly Printed[]): Generator<string> {
  let before = '[';
  for (const [i, run] of runs.entries()) {
    yield before;
    yield* objectText(runToJson(run, printed[i] ?? { stdout: '', stderr: '' }));
    before = ',\n';
  }
  yield ']\n';
}

/** Lines of the table and how each run ended. */
function comparison(runs: readonly Execution[]): string[] {
  const rows = align(runs);
  const isBrief = runs.length > MOST_IN_FULL;
  const textOf = isBrief ? briefText : faultText;
  const columns: Column<Row>[] = [
    { title: 'access', align: 'left', text: ({ access }) => access },
    { title: 'at', align: 'left', text: ({ place }) => place },
    ...runs.map(({ machine: { profile } }, i): Column<Row> => ({
      title: profile.name, align: 'left', text: ({ faults }) => textOf(faults[i]),
    })),
  ];
  const most = Math.max(...runs.map(({ faultCount }) => faultCount));
  const more = most > MOST_FAULTS ? [`Only the first ${String(MOST_FAULTS)} of up to ${String(most)} faults are compared; "refault run" prints all.`] : [];
  const ends = runs.map(({ machine: { profile }, end }) => `${profile.name}: ${endText(end)}`);
  const legend = isBrief ? ['', 'Each fault: its outcome, and the number that the core answered. Fewer kernels (--kernels A,B) say more of each.'] : [];
  return [...table(columns, rows), ...more, ...legend, '', ...ends];
}

/** `RETRY 256`: outcome and core answer, which eight kernels leave room for. */
function briefText(record: FaultRecord | undefined): string {
  if (!record) return '';
  const { outcome, coreAnswer } = record;
  return coreAnswer ? `${outcome} ${String(coreAnswer.value)}` : outcome;
}

function faultText(record: FaultRecord | undefined): string {
  if (!record) return '';
  const said = record.handlerAnswer === 'none' || record.handlerAnswer === 'page' ? '' : `, ${handlerText(record)}`;
  return `${outcomeText(record)}${said}, ${coreText(record)}; ${effectText(record)}`;
}

/**
 * Puts faults of the same access into one row: the n-th fault of an instruction at an address
 * under one kernel stands beside the n-th under the others. Rows keep the order of the run that has them.
 */
function align(runs: readonly Execution[]): Row[] {
  const rows: { key: string; row: Row & { faults: (FaultRecord | undefined)[] } }[] = [];
  const index = new Map<string, number>();
  runs.forEach((run, i) => {
    const seen = new Map<string, number>();
    let last = -1;
    for (const record of run.faults()) {
      if (record.id >= MOST_FAULTS) break;
      const what = `${record.origin} ${String(record.pc)} ${record.access} ${String(record.ea)} ${String(record.task)}`;
      const times = (seen.get(what) ?? 0) + 1;
      seen.set(what, times);
      const key = `${what} ${String(times)}`;
      const known = index.get(key);
      const row = known === undefined ? undefined : rows[known];
      if (row) {
        row.row.faults[i] = record;
        last = known ?? last;
        continue;
      }
      const place = run.placeOf(record);
      last += 1;
      rows.splice(last, 0, {
        key,
        row: {
          access: `${record.origin === 'ppe' ? '' : `${record.origin} `}${record.access} ${record.mapping}`,
          place: place.source ?? place.symbol ?? `0x${record.pc.toString(16)}`,
          faults: runs.map((_, j) => (j === i ? record : undefined)),
        },
      });
      if (last < rows.length - 1) reindex(rows, index);
      else index.set(key, last);
    }
  });
  return rows.map(({ row }) => row);
}

function reindex(rows: readonly { readonly key: string }[], index: Map<string, number>): void {
  rows.forEach(({ key }, i) => { index.set(key, i); });
}

function kernelsOf(text: string | undefined): readonly ProfileChoice[] {
  const all = PROFILES.map(({ name }) => name);
  const kernels = text === undefined || text.trim() === 'all' ? all : kernelsIn('--kernels', text);
  if (kernels.length === 0) throw new CommandError(`--kernels needs at least one kernel: --kernels ${all.join(',')}.`);
  return kernels;
}
