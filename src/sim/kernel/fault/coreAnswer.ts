/** VM_FAULT_* by name and number (facts 1.3). The number is the profile's; paths compare numbers. */
import type { FaultNumbers } from '../profile/profile.ts';
import type { CoreAnswer } from './state.ts';

/** What an answer of handle_mm_fault means to those who asked. */
export type CoreVerdict = 'oom' | 'sigbus' | 'minor' | 'major' | 'unknown';

/** Reads an answer as the architecture's code does: OOM before SIGBUS where they are flags (facts 2.2 step 10). */
export function verdictOf({ form, oom, sigbus, minor, major }: FaultNumbers, value: number): CoreVerdict {
  if (form === 'flags') {
    if ((value & oom) !== 0) return 'oom';
    if ((value & sigbus) !== 0) return 'sigbus';
    return (value & major) === 0 ? 'minor' : 'major';
  }
  switch (value) {
    case oom: return 'oom';
    case sigbus: return 'sigbus';
    case minor: return 'minor';
    case major: return 'major';
    default: return 'unknown';
  }
}

/** What an answer of handle_mm_fault is called. A number that no kernel of this profile gives is named as such. */
export function coreAnswer(numbers: FaultNumbers, value: number): CoreAnswer {
  return { name: nameOf(numbers, value), value };
}

/** `VM_FAULT_MINOR = 2`, `VM_FAULT_NOPAGE = 0x100`. */
export function coreAnswerText({ name, value }: CoreAnswer): string {
  return `${name} = ${value < 10 ? String(value) : `0x${value.toString(16)}`}`;
}

function nameOf(numbers: FaultNumbers, value: number): string {
  const { form, nopage, retry, write } = numbers;
  if (form === 'flags' && nopage !== undefined && (value & nopage) !== 0) return 'VM_FAULT_NOPAGE';
  if (form === 'flags' && value === write) return 'VM_FAULT_WRITE';
  const verdict = verdictOf(numbers, value);
  if (value === retry) return 'VM_FAULT_RETRY';
  return verdict === 'unknown' ? verdict : `VM_FAULT_${verdict.toUpperCase()}`;
}
