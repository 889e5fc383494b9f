/** `info faults`, `info mappings`, `info slb`, `info tasks`. */
import { signalName } from '../../sim/kernel/signal/numbers.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { handlerName } from '../../sim/kernel/mm/handlerPaths.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { isPresent } from '../../sim/kernel/mm/pte.ts';
import { isAlive } from '../../sim/kernel/signal/send.ts';
import { SEGMENT_BYTES, type SlbState } from '../../sim/mmu/slb.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { describeAddress } from '../stack/places.ts';
import { hex } from '../variables/format.ts';
import { newestFaults, unitOfFault } from '../views/faultRows.ts';
import type { CommandContext, ConsoleCommand } from './command.ts';
import type { Colour, Column, Table } from './table.ts';

const DEFAULT_FAULTS = 20;
const MOST_FAULTS = 1000;

const FAULT_COLUMNS: readonly Column[] = [
  { title: '#', right: true }, { title: 'Cycle', right: true }, { title: 'Outcome', colour: outcomeColour }, { title: 'Task', right: true }, { title: 'At' }, { title: 'Access' },
  { title: 'EA' }, { title: 'Mapping' }, { title: 'Handler' }, { title: 'Core' }, { title: 'PTE' }, { title: 'Effect' },
];
const MAPPING_COLUMNS: readonly Column[] = [
  { title: 'Start' }, { title: 'End' }, { title: 'Access' }, { title: 'Offset' }, { title: 'Pages', right: true }, { title: 'Handler' }, { title: 'Name' },
];
const SLB_COLUMNS: readonly Column[] = [{ title: 'Entry', right: true }, { title: 'ESID' }, { title: 'VSID' }, { title: 'Segment' }];
const TASK_COLUMNS: readonly Column[] = [{ title: 'Tid', right: true }, { title: 'Name' }, { title: 'State' }, { title: 'CPU' }, { title: 'Waits for' }, { title: 'In' }];

/** What ended badly, what is to be taken again, what was served. */
function outcomeColour(outcome: string): Colour | undefined {
  const colours: Readonly<Partial<Record<string, Colour>>> = { SIGBUS: 'red', SIGSEGV: 'red', OOM: 'red', RETRY: 'yellow', MINOR: 'green', MAJOR: 'cyan' };
  return colours[outcome];
}

export const INFO_KERNEL: readonly ConsoleCommand[] = [
  {
    words: 'info faults', operands: '[COUNT]', about: `page faults, newest first (${String(DEFAULT_FAULTS)} of them)`,
    run: ({ debuggee, table }, [count]) => {
      const wanted = count === undefined ? DEFAULT_FAULTS : Number(count);
      if (!Number.isInteger(wanted) || wanted < 1) throw new ExpressionError(`"${count ?? ''}" is no number of faults; write info faults 50.`);
      const { total, records } = newestFaults(debuggee.machine.state.faults, 0, Math.min(wanted, MOST_FAULTS));
      if (total === 0) return 'There was no page fault yet.';
      const rows = records.map((record) => faultCells(record, describeAddress(unitOfFault(debuggee, record), record.pc).symbol));
      return `${table(FAULT_COLUMNS, rows)}\n${String(records.length)} of ${String(total)}`;
    },
  },
  {
    words: 'info mappings', operands: '', about: 'the address space of the selected task',
    run: (context) => {
      const { mm } = taskOf(context);
      const { configuration: { pageBytes }, profile } = context.debuggee.machine;
      const present = [...mm.pages].filter(([, pte]) => isPresent(pte)).map(([page]) => page).sort((a, b) => a - b);
      return context.table(MAPPING_COLUMNS, mm.vmas.map(({ start, end, read, write, exec, shared, offset, handler, name }) => [
        hex(start), hex(end), `${read ? 'r' : '-'}${write ? 'w' : '-'}${exec ? 'x' : '-'}${shared ? 's' : 'p'}`, hex(offset),
        `${String(countIn(present, start / pageBytes, end / pageBytes))}/${String((end - start) / pageBytes)}`, handlerName(profile, handler), name,
      ]));
    },
  },
  {
    words: 'info slb', operands: '', about: 'segment lookaside buffer: of the task\'s PPE thread, or of the SPE that a context is on',
    run: ({ debuggee, thread, table }) => {
      const { mmu } = debuggee.machine.state;
      if (thread?.kind === 'context') {
        const { spe, path } = thread.context;
        const slb = spe === undefined ? undefined : mmu.mfcSlb[spe];
        if (!slb) throw new ExpressionError(`${path} is on no SPE now, so it has no SLB.`);
        return `SPE ${String(spe)}\n${slbTable(slb, table)}`;
      }
      return mmu.ppeSlb.map((slb, cpu) => `PPE thread ${String(cpu)}\n${slbTable(slb, table)}`).join('\n\n');
    },
  },
  {
    words: 'info tasks', operands: '', about: 'guest threads, and what they wait for',
    run: ({ debuggee, table }) => table(TASK_COLUMNS, [...debuggee.machine.state.tasks.values()].filter(isAlive).map((task) => [
      String(task.tid), task.name, task.state, task.cpu === undefined ? '' : String(task.cpu), task.waitingOn?.name ?? '', task.kernelStack.at(-1)?.path ?? 'user mode',
    ])),
  },
];

function faultCells(record: FaultRecord, symbol: string | undefined): string[] {
  const { effect, coreAnswer, handlerAnswer, handler } = record;
  return [
    String(record.id), String(record.cycle), record.outcome, String(record.task), symbol ?? hex(record.pc), record.command ?? record.access, hex(record.ea),
    record.mapping === '' ? 'none' : record.mapping, handler === '' ? 'none' : `${handler}: ${handlerAnswer}`,
    coreAnswer ? `${coreAnswer.name} = ${String(coreAnswer.value)}` : 'not asked', effect.pte, effectText(record),
  ];
}

function effectText({ effect: { signal, killed, counters }, interruptedBy }: FaultRecord): string {
  return [
    ...(signal ? [signalName(signal.number)] : []), ...(killed ? [`${killed} killed`] : []),
    ...counters, ...(interruptedBy === undefined ? [] : [`interrupted by ${signalName(interruptedBy)}`]),
  ].join(', ');
}

function taskOf({ debuggee, thread }: CommandContext): Task {
  if (thread?.kind === 'task') return thread.task;
  const runner = thread?.context.runner;
  const [first] = debuggee.machine.state.tasks.values();
  const task = runner ?? first;
  if (!task) throw new ExpressionError('There is no task.');
  return task;
}

function slbTable({ esid, vsid }: SlbState, table: Table): string {
  const rows: string[][] = [];
  esid.forEach((segment, entry) => {
    if (segment >= 0) rows.push([String(entry), hex(segment), hex(vsid[entry] ?? 0), hex(BigInt(segment) * BigInt(SEGMENT_BYTES))]);
  });
  return rows.length === 0 ? 'empty' : table(SLB_COLUMNS, rows);
}

/** How many of the sorted numbers lie in a range. */
function countIn(sorted: readonly number[], first: number, end: number): number {
  return sorted.filter((page) => page >= first && page < end).length;
}
