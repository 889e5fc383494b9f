/** The file `switch_log`: one line for each time that a context gets, leaves or ends with an SPE (facts 3.2). */
import { failed, type ReadAnswer } from '../files/fileOperations.ts';
import { readinessChanged } from '../files/readiness.ts';
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { wakeAll } from '../wait.ts';
import type { SpuContext } from './state.ts';

const EVENT_TYPE = { start: 0, stop: 1, exit: 2 } as const;
/** Lines that are kept while nobody reads; what comes after them is lost. */
const LINES = 4096;
const NO_SPE = -1;

/** The first who opens it starts the log; there is no second reader. */
export function openSwitchLog(context: SpuContext): number {
  if (context.switchLog) return -ERRNO.EBUSY;
  context.switchLog = [];
  return 0;
}

export function closeSwitchLog(context: SpuContext): void {
  context.switchLog = undefined;
}

/** Time in seconds, SPE, what happened (0 it got the SPE, 1 it left it, 2 its run ended), status, time base. */
export function logSwitch(k: Kernel, context: SpuContext, type: keyof typeof EVENT_TYPE, value: number): void {
  const { switchLog, spe = NO_SPE } = context;
  if (!switchLog || switchLog.length >= LINES) return;
  const { cyclesPerSecond } = k.configuration;
  const now = k.now();
  const nanoseconds = Math.floor(((now % cyclesPerSecond) * 1e9) / cyclesPerSecond);
  switchLog.push(`${String(Math.floor(now / cyclesPerSecond))}.${String(nanoseconds).padStart(9, '0')} ${String(spe)} ${String(EVENT_TYPE[type])} ${String(value)} ${String(now)}\n`);
  wakeAll(k, context.switchLogQueue);
  readinessChanged(k);
}

/** Whole lines, as many as fit; waits for the first. */
export function readSwitchLog(context: SpuContext, count: number): ReadAnswer {
  const { switchLog = [], switchLogQueue } = context;
  const first = switchLog[0];
  if (first === undefined) return { kind: 'wait', queue: switchLogQueue };
  if (first.length > count) return failed(ERRNO.EINVAL);
  let lines = '';
  for (let line: string | undefined = first; line !== undefined && lines.length + line.length <= count; line = switchLog[0]) {
    lines += line;
    switchLog.shift();
  }
  return { kind: 'bytes', bytes: new TextEncoder().encode(lines), more: false };
}
