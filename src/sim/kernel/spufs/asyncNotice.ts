/** SIGIO for files with O_ASYNC: ibox, wbox and mfc (facts 3.2). */
import type { OpenFile } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { SIGNAL } from '../signal/numbers.ts';
import { kernelSignal, sendSignal } from '../signal/send.ts';
import type { SpuFileName } from './fileTable.ts';
import type { SpuContext } from './state.ts';

/** Files whose interrupts are told to who asked for SIGIO; the others take the flag and do nothing. */
const TELLS: ReadonlySet<SpuFileName> = new Set(['ibox', 'wbox', 'mfc']);

/** fasync_helper: O_ASYNC of an open file was set or cleared. */
export function setAsync({ asyncFiles }: SpuContext, name: SpuFileName, file: OpenFile, on: boolean): void {
  if (on && TELLS.has(name)) asyncFiles.add(file);
  else asyncFiles.delete(file);
}

/** kill_fasync: the file's interrupt has come. F_SETOWN names a process, or as a negative number a group of them. */
export function sendAsyncNotice(k: Kernel, { asyncFiles }: SpuContext, name: SpuFileName): void {
  for (const { inode: { content }, owner } of asyncFiles) {
    if (content.kind !== 'spuFile' || content.file !== name) continue;
    const task = k.state.tasks.get(Math.abs(owner));
    if (task) sendSignal(k, task.group, kernelSignal(SIGNAL.SIGIO));
  }
}
