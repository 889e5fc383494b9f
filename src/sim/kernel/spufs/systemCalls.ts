/** spu_create and spu_run as system calls (facts 3.1, 3.7). */
import { fileOf } from '../files/descriptors.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, labelled, newFrame, next, path, step } from '../path.ts';
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
  readonly npcAddress: number;
  /** 0 when the program does not want the status. */
  readonly statusAddress: number;
  readonly run: SpuRun;
  readonly word: Uint8Array;
  result: number;
}

declare module '../path.ts' {
  interface PathLocals {
    sys_spu_run: SpuRunCall;
  }
}

export const sysSpuRun = path('sys_spu_run', 'arch/powerpc/platforms/cell/spu_syscalls.c', [
  step('copy npc from the program', (_k, _task, f) => copyFromUser(f.npcAddress, f.word)),
  step('a bad pointer is EFAULT', (_k, _task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    f.run.npc = wordOf(f).getUint32(0) & NPC_MASK;
    return call('spufs_run_spu', f.run);
  }),
  step('copy npc back, wherever the SPU stopped', (_k, _task, f, { returned }) => {
    f.result = returned;
    wordOf(f).setUint32(0, f.run.npc);
    return copyToUser(f.npcAddress, f.word);
  }),
  labelled('status', 'copy the status register, when the program wants it', (_k, _task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    if (f.statusAddress === 0) return done(f.result);
    wordOf(f).setUint32(0, f.run.status);
    return copyToUser(f.statusAddress, f.word);
  }),
  step('a bad pointer is EFAULT', (_k, _task, f, { returned }) => done(returned > 0 ? -ERRNO.EFAULT : f.result)),
]);

export const SPU_SYSTEM_CALLS: readonly SystemCall[] = [
  systemCall(278, 'spu_run', [descriptor(), address('npc'), address('status')], (k, task, fd, npcAddress, statusAddress) => {
    const content = fileOf(task, fd)?.inode.content;
    if (!content) return -ERRNO.EBADF;
    if (content.kind !== 'spuContext') return -ERRNO.EINVAL;
    const run: SpuRun = { context: content.context, npc: 0, status: 0, error: 0, asleep: false };
    return newFrame('sys_spu_run', { npcAddress, statusAddress, run, word: new Uint8Array(WORD_BYTES), result: 0 });
  }),
  systemCall(279, 'spu_create', [pathname(), flags('flags'), int('mode', 'octal'), descriptor('neighbour')], (k: Kernel, task, name, flagBits, mode) =>
    spuCreate(k, task, name, flagBits, mode)),
];

function wordOf({ word }: SpuRunCall): DataView {
  return new DataView(word.buffer);
}
