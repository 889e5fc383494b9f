/** The system calls that are modelled, by number. */
import { SPU_SYSTEM_CALLS } from '../spufs/systemCalls.ts';
import { DESCRIPTOR_CALLS } from './calls/descriptors.ts';
import { FCNTL_CALLS } from './calls/fcntl.ts';
import { FILE_SYSTEM_CALLS } from './calls/fileSystems.ts';
import { FILE_TIME_CALLS } from './calls/fileTimes.ts';
import { IOCTL_CALLS } from './calls/ioctl.ts';
import { MEMORY_CALLS } from './calls/memory.ts';
import { NAME_CALLS } from './calls/names.ts';
import { POLL_CALLS } from './calls/poll.ts';
import { PROCESS_CALLS } from './calls/process.ts';
import { PROCESS_GROUP_CALLS } from './calls/processGroups.ts';
import { SCHEDULING_CALLS } from './calls/scheduling.ts';
import { SIGNAL_CALLS } from './calls/signals.ts';
import { SYSTEM_CALLS } from './calls/system.ts';
import { TIME_CALLS } from './calls/time.ts';
import { TRANSFER_CALLS } from './calls/transfer.ts';
import { WAIT_CALLS } from './calls/waiting.ts';
import type { SystemCall } from './systemCall.ts';

const ALL: readonly SystemCall[] = [
  ...TRANSFER_CALLS, ...DESCRIPTOR_CALLS, ...FCNTL_CALLS, ...IOCTL_CALLS, ...FILE_TIME_CALLS, ...FILE_SYSTEM_CALLS, ...NAME_CALLS, ...POLL_CALLS, ...MEMORY_CALLS, ...SIGNAL_CALLS, ...TIME_CALLS,
  ...SCHEDULING_CALLS, ...PROCESS_CALLS, ...PROCESS_GROUP_CALLS, ...WAIT_CALLS, ...SYSTEM_CALLS, ...SPU_SYSTEM_CALLS,
];

const BY_NUMBER: ReadonlyMap<number, SystemCall> = new Map(ALL.map((call) => [call.number, call]));

export function findSystemCall(number: number): SystemCall | undefined {
  return BY_NUMBER.get(number);
}

/** Every system call of the model, in order of its number (for documentation). */
export function modelledSystemCalls(): readonly SystemCall[] {
  return [...BY_NUMBER.values()].sort((a, b) => a.number - b.number);
}
