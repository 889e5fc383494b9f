/** spu_create and spu_run as system calls (facts 3.1, 3.7). */
import { fileOf } from '../files/descriptors.ts';
import { holdFile, releaseFile } from '../files/references.ts';
import type { OpenFile } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, newFrame, next, path, step } from '../path.ts';
import { address, descriptor, flags, int, pathname } from '../syscall/arguments.ts';
import { ERRNO } from '../syscall/errno.ts';
import { systemCall, type SystemCall } from '../syscall/systemCall.ts';
import { copyFromUser, copyToUser } from '../syscall/userCopy.ts';
import { spuCreate } from './create.ts';
import type { SpuRun } from './run.ts';

const WORD_BYTES = 4;
/** Local-store addresses; bit 0 of npc enables the SPU's interrupts. */
const NPC_MASK = 0x3fffd;

interface SpuRunCall {
  /** Held, so that closing its descriptor does not end the context under the run. */
  readonly file: OpenFile;
  readonly npcAddress: number;
  /** 0 when the program does not want the status. */
  readonly statusAddress: number;
  npc: number;
  status: number;
  run: SpuRun | undefined;
  readonly word: Uint8Array;
  result: number;
}

declare module '../path.ts' {
  interface PathLocals {
    sys_spu_run: SpuRunCall;
  }
}

export const sysSpuRun = path('sys_spu_run', 'arch/powerpc/platforms/cell/spufs/syscalls.c', [
  step('copy npc from the program; a bad pointer is -EFAULT', (_k, _task, f) => copyFromUser(f.npcAddress, f.word)),
  step('up to 2.6.18 copy the status too, which comes back as it was where the SPU does not run', (k, _task, f, { returned }) => {
    if (returned > 0) return goTo('fault');
    f.npc = wordOf(f).getUint32(0) & NPC_MASK;
    return f.statusAddress === 0 || k.profile.runReports === 'events' ? goTo('run') : copyFromUser(f.statusAddress, f.word);
  }),
  step('a bad pointer is -EFAULT', (_k, _task, f, { returned }) => {
    f.status = wordOf(f).getUint32(0);
    return returned > 0 ? goTo('fault') : next;
  }),
  labelled('run', 'run the context; a file that is none is -EINVAL', (_k, _task, f) => {
    const { content } = f.file.inode;
    if (content.kind !== 'spuDescriptor') {
      f.result = -ERRNO.EINVAL;
      return goTo('end');
    }
    f.run = { context: content.context, npc: f.npc, status: f.status, error: 0, asleep: false };
    return call('spufs_run_spu', f.run);
  }),
  step('copy npc back, wherever the SPU stopped', (_k, _task, f, { returned }) => {
    f.result = returned;
    wordOf(f).setUint32(0, f.run?.npc ?? 0);
    return copyToUser(f.npcAddress, f.word);
  }),
  step('copy the status register, or the events, when the program wants them', (k, _task, f, { returned }) => {
    if (returned > 0) f.result = -ERRNO.EFAULT;
    if (f.statusAddress === 0) return goTo('end');
    wordOf(f).setUint32(0, (k.profile.runReports === 'events' ? f.run?.context.eventReturn : f.run?.status) ?? 0);
    return copyToUser(f.statusAddress, f.word);
  }),
  step('a bad pointer is -EFAULT', (_k, _task, _f, { returned }) => goTo(returned > 0 ? 'fault' : 'end')),
  labelled('fault', '-EFAULT', (_k, _task, f) => {
    f.result = -ERRNO.EFAULT;
    return next;
  }),
  labelled('end', 'let go of the file', (k, _task, f) => {
    releaseFile(k, f.file);
    return done(f.result);
  }),
]);

export const SPU_SYSTEM_CALLS: readonly SystemCall[] = [
  systemCall(278, 'spu_run', [descriptor(), address('npc'), address('status')], (_k, task, fd, npcAddress, statusAddress) => {
    const file = fileOf(task, fd);
    if (!file) return -ERRNO.EBADF;
    return newFrame('sys_spu_run', {
      file: holdFile(file), npcAddress, statusAddress, npc: 0, status: 0, run: undefined, word: new Uint8Array(WORD_BYTES), result: 0,
    });
  }),
  systemCall(279, 'spu_create', [pathname(), flags('flags'), int('mode', 'octal'), descriptor('neighbour')], (k: Kernel, task, name, flagBits, mode, neighbour) =>
    spuCreate(k, task, name, { flags: flagBits, mode, neighbour })),
];

function wordOf({ word }: SpuRunCall): DataView {
  return new DataView(word.buffer);
}
