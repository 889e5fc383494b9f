/** `/proc/self`: texts made when a file is opened, in the formats of Linux. */
import type { Kernel } from '../kernel.ts';
import type { Vma } from '../mm/state.ts';
import { signalPendingSets } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import type { FileOperations } from './fileOperations.ts';
import type { Inode, ProcEntry } from './state.ts';
import { userId } from '../task/identity.ts';

export const procOperations: FileOperations = {
  seekable: true,
  text: (k, task, inode) => encode(procText(k, task, entryOf(inode))),
  read: (_k, _task, { text }, { position, count }) => ({
    kind: 'bytes', bytes: (text ?? new Uint8Array(0)).slice(position, position + count), more: true,
  }),
};

/** Text of a file of /proc/self, for a task. */
function procText(k: Kernel, task: Task, entry: ProcEntry): string {
  switch (entry) {
    case 'maps':
      return task.mm.vmas.map(mapsLine).join('');
    case 'status':
      return status(k, task);
    case 'cmdline':
      return task.group.arguments.map((argument) => `${argument}\0`).join('');
    case 'exe':
      return task.group.executable;
  }
}

/** `10000000-100c3000 r-xp 00000000 00:01 12                /host/hello`. */
function mapsLine(vma: Vma): string {
  const { start, end, file, offset, name } = vma;
  const access = `${vma.read ? 'r' : '-'}${vma.write ? 'w' : '-'}${vma.exec ? 'x' : '-'}${vma.shared ? 's' : 'p'}`;
  const device = file ? '00:01' : '00:00';
  const head = `${hex(start, 8)}-${hex(end, 8)} ${access} ${hex(offset, 8)} ${device} ${String(file?.inode.number ?? 0)} `;
  return name === '[anon]' ? `${head}\n` : `${head.padEnd(49)}${name}\n`;
}

function status(k: Kernel, task: Task): string {
  const { group, mm } = task;
  const kilobytes = (pages: number): string => `${String((pages * k.configuration.pageBytes) / 1024).padStart(8)} kB`;
  const { pending, shared } = signalPendingSets(task);
  const { ignored, caught } = actionSets(task);
  return [
    `Name:\t${task.name.slice(0, 15)}`,
    'State:\tR (running)',
    `Tgid:\t${String(group.tgid)}`,
    `Pid:\t${String(task.tid)}`,
    `PPid:\t${String(group.parent?.tgid ?? 0)}`,
    `Uid:${`\t${String(userId(k))}`.repeat(4)}`,
    `Gid:${`\t${String(userId(k))}`.repeat(4)}`,
    `VmSize:\t${kilobytes(mm.totalPages)}`,
    `VmRSS:\t${kilobytes(mm.anonPages + mm.filePages)}`,
    `Threads:\t${String(group.tasks.length)}`,
    `SigPnd:\t${set(pending)}`,
    `ShdPnd:\t${set(shared)}`,
    `SigBlk:\t${set(task.blocked)}`,
    `SigIgn:\t${set(ignored)}`,
    `SigCgt:\t${set(caught)}`,
    '',
  ].join('\n');
}

function actionSets(task: Task): { readonly ignored: bigint; readonly caught: bigint } {
  let ignored = 0n;
  let caught = 0n;
  for (const [signal, { handler }] of task.group.handlers.actions) {
    const bit = 1n << BigInt(signal - 1);
    if (handler === 1n) ignored |= bit;
    else if (handler !== 0n) caught |= bit;
  }
  return { ignored, caught };
}

function entryOf({ content }: Inode): ProcEntry {
  return content.kind === 'proc' ? content.entry : 'status';
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function set(signals: bigint): string {
  return signals.toString(16).padStart(16, '0');
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
