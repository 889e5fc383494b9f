/** System calls on the machine as a whole. */
import { nextRandom } from '../../files/random.ts';
import type { Kernel } from '../../kernel.ts';
import { newFrame } from '../../path.ts';
import { timeOf } from '../../task/clock.ts';
import { flags, output, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { encodeUtsname, viewOf } from '../layouts.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

const SYSINFO_BYTES = 112;
const GRND_FLAGS = 7;
/** getrandom gives no more at once than this. */
const MOST_RANDOM_BYTES = 0x1_0000;

export const SYSTEM_CALLS: readonly SystemCall[] = [
  systemCall(122, 'uname', [output('buf')], (k, _task, into) => {
    into.bytes = encodeUtsname(['Linux', 'cell', k.profile.release, '#1 SMP', 'ppc64', '(none)']);
    return 0;
  }),
  systemCall(116, 'sysinfo', [output('info')], (k, _task, into) => {
    into.bytes = encodeSysinfo(k);
    return 0;
  }),
  systemCall(359, 'getrandom', [output('buf'), size('buflen'), flags('flags')], (k, _task, into, length, how) => {
    if ((how & ~GRND_FLAGS) !== 0) return -ERRNO.EINVAL;
    into.bytes = nextRandom(k.state, Math.min(length, MOST_RANDOM_BYTES));
    return into.bytes.length;
  }),
  systemCall(36, 'sync', [], () => newFrame('sys_sync', {})),
];

/** struct sysinfo: uptime 0, loads 8, totalram 32, freeram 40 ... totalswap 64, freeswap 72, procs 80, mem_unit 104. */
function encodeSysinfo(k: Kernel): Uint8Array {
  const { frames } = k.state;
  const FRAME_BYTES = 4096n;
  const bytes = new Uint8Array(SYSINFO_BYTES);
  const view = viewOf(bytes);
  view.setBigInt64(0, BigInt(timeOf(k, k.now()).seconds));
  view.setBigUint64(32, BigInt(frames.limit) * FRAME_BYTES);
  view.setBigUint64(40, BigInt(Math.max(frames.limit - frames.used, 0)) * FRAME_BYTES);
  const slots = frames.swap.slots;
  view.setBigUint64(64, BigInt(slots * k.configuration.pageBytes));
  view.setBigUint64(72, BigInt((slots - frames.swap.used.size) * k.configuration.pageBytes));
  view.setUint16(80, k.state.tasks.size);
  view.setUint32(104, 1);
  return bytes;
}
