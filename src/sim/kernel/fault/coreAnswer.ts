/** VM_FAULT_* by name and number (facts 1.3). The number is the profile's; paths compare numbers. */
import type { FaultNumbers } from '../profile/profile.ts';
import type { CoreAnswer } from './state.ts';

/** What an answer of handle_mm_fault is called. A number that no kernel of this profile gives is named as such. */
export function coreAnswer(numbers: FaultNumbers, value: number): CoreAnswer {
  return { name: nameOf(numbers, value), value };
}

function nameOf({ oom, sigbus, minor, major }: FaultNumbers, value: number): string {
  switch (value) {
    case oom: return 'VM_FAULT_OOM';
    case sigbus: return 'VM_FAULT_SIGBUS';
    case minor: return 'VM_FAULT_MINOR';
    case major: return 'VM_FAULT_MAJOR';
    default: return 'unknown';
  }
}
