/** Copies between a path's buffers and the program's memory; both answer the bytes that could not be copied. */
import { call, type Verdict } from '../path.ts';

export function copyFromUser(address: number, bytes: Uint8Array): Verdict {
  return call('copy_from_user', { address, bytes });
}

export function copyToUser(address: number, bytes: Uint8Array): Verdict {
  return call('copy_to_user', { address, bytes });
}
