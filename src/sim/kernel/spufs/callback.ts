/** System calls that an SPU program makes: stop 0x2104 (facts 3.7). */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import { newSystemCall } from '../syscall/dispatch.ts';
import { asksRestart, ERRNO, RESTART } from '../syscall/errno.ts';
import { readNpc, startSpu } from './bind.ts';
import { readMemory, writeMemory } from './localStore.ts';
import { lockForReading, releaseContext } from './stateSema.ts';
import type { SpuContext } from './state.ts';

interface Callback {
  readonly context: SpuContext;
  /** Local-store address of the instruction after the stop: there lies the address of the block. */
  npc: number;
  /** Local-store address of `struct spu_syscall_block`. */
  block: number;
  result: number;
  error: number;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_process_callback: Callback;
  }
}

const WORD_BYTES = 4;
const LONG_BYTES = 8;
/** nr_ret and six parameters. */
const BLOCK_BYTES = 56;
const PARAMETERS = 6;
/** Back from behind the block's address to the stop instruction. */
const STOP_AND_WORD = 8;
const ADDRESS_MASK = 0x3fffc;
/** System calls of 2.6.18. */
const SYSTEM_CALLS = 301;
/**
 * Calls that answer ENOSYS to an SPU: those that work on the calling thread's registers or
 * signals, or end it, and spu_run and spu_create themselves (facts 3.7).
 */
const REFUSED: ReadonlySet<number> = new Set([
  0, 1, 2, 11, 22, 26, 29, 30, 48, 51, 67, 72, 73, 76, 82, 99, 100, 109, 119, 120, 126, 172, 173, 174, 175, 176, 177, 178, 185, 189,
  190, 232, 234, 235, 249, 272, 278, 279, 280, 281,
]);

/** Answers 0 when the SPU goes on, -EFAULT for a block outside the local store, -ERESTARTSYS where a signal came first. */
export const spuProcessCallback = path('spu_process_callback', 'arch/powerpc/platforms/cell/spufs/run.c', [
  step('the word at npc is the address of the block; beyond the local store: -EFAULT', (k, _task, f) => {
    f.npc = readNpc(k, f.context) & ADDRESS_MASK;
    f.block = viewOf(readMemory(k, f.context, f.npc, WORD_BYTES)).getUint32(0);
    return f.block > LOCAL_STORE_BYTES - BLOCK_BYTES ? done(-ERRNO.EFAULT) : next;
  }),
  step('release state_sema and make the call; -ENOSYS for one that is not there for SPUs', (k, task, f) => {
    const block = viewOf(readMemory(k, f.context, f.block, BLOCK_BYTES));
    const number = block.getBigUint64(0);
    f.npc += WORD_BYTES;
    f.result = -ERRNO.ENOSYS;
    if (number >= BigInt(SYSTEM_CALLS) || REFUSED.has(Number(number))) return goTo('answer');
    releaseContext(k, task, f.context);
    const parameters = Array.from({ length: PARAMETERS }, (_, i) => block.getBigUint64((i + 1) * LONG_BYTES));
    return call('do_system_call', newSystemCall(Number(number), parameters));
  }),
  step('interrupted by a signal: make it again after spu_run has been restarted, or answer -EINTR', (_k, _task, f, { returned }) => {
    f.result = returned;
    if (!asksRestart(returned)) return next;
    f.error = -RESTART.ERESTARTSYS;
    if (returned === -RESTART.ERESTARTSYS || returned === -RESTART.ERESTARTNOINTR) f.npc -= STOP_AND_WORD;
    else f.result = -ERRNO.EINTR;
    return next;
  }),
  step('take state_sema again', (k, task, f) => lockForReading(k, task, f.context) ?? next),
  labelled('answer', 'write the result over the number, and start the SPU behind the block\'s address', (k, _task, f) => finish(k, f)),
]);

function finish(k: Kernel, f: Callback): Verdict {
  const answer = new Uint8Array(LONG_BYTES);
  viewOf(answer).setBigInt64(0, BigInt(f.result));
  if (!asksRestart(f.result)) writeMemory(k, f.context, f.block, answer);
  startSpu(k, f.context, f.npc);
  return done(f.error);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
