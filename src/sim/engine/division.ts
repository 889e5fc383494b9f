/**
 * Which instructions the run function executes, and which it leaves to the step function.
 * An instruction that it leaves in the middle is executed again from its beginning.
 */
import type { Form } from './forms.ts';
import type { Statement } from './node.ts';
import { weightOf } from './weight.ts';

/**
 * Where an instruction is executed:
 * - `run`: no memory access or call, the run function does it all.
 * - `restart`: nothing that a restart would notice comes before an access or a call. (Stores
 *   before another store are repeated, as they are after a fault.)
 * - `step`: the step function does it all.
 */
type Division = 'run' | 'restart' | 'step';

/**
 * V8 compiles functions beyond some size with a simpler register allocator, which keeps the
 * interpreter's own variables in memory and runs at 60 % of the speed. With the PowerPC set that
 * begins at a weight of 12,000 (V8 11.3). The heaviest forms but the common ones, which lose least by it, are left out.
 */
const RUN_FUNCTION_WEIGHT = 11_000;

/** How the forms of an instruction set are divided between the two functions. */
interface FormDivision {
  /** Forms with code in the run function. */
  readonly inRun: readonly Form[];
  /** Forms with code in the step function. */
  readonly inStep: readonly Form[];
}

/** `loadsLeave`: a load from a local store may need the host. */
export function divideForms(forms: readonly Form[], loadsLeave = false): FormDivision {
  const divided = forms.map((form) => ({ form, division: divide(form.statements, loadsLeave), weight: weightOf(form.statements) }));
  const commonFirst = divided.filter(({ division }) => division !== 'step')
    .sort((a, b) => Number(b.form.isCommon) - Number(a.form.isCommon) || a.weight - b.weight);
  const taken = new Set<Form>();
  let total = 0;
  for (const { form, weight } of commonFirst) {
    total += weight;
    if (total <= RUN_FUNCTION_WEIGHT) taken.add(form);
  }
  return {
    inRun: forms.filter((form) => taken.has(form)),
    inStep: divided.filter(({ form, division }) => division !== 'run' || !taken.has(form)).map(({ form }) => form),
  };
}

function divide(statements: readonly Statement[], loadsLeave: boolean): Division {
  const found = { leaves: false, late: false, loadsLeave };
  follow(statements, { wrote: false, stored: false }, found);
  if (!found.leaves) return 'run';
  return found.late ? 'step' : 'restart';
}

/** What has happened on the way to a statement. */
interface Path {
  wrote: boolean;
  stored: boolean;
}

/** Whether control never comes to the end of the statements. */
function follow(statements: readonly Statement[], path: Path, found: { leaves: boolean; late: boolean; readonly loadsLeave: boolean }): boolean {
  for (const s of statements) {
    switch (s.kind) {
      case 'write':
        path.wrote = true;
        break;
      case 'load':
      case 'call':
        found.leaves = true;
        found.late ||= path.wrote || path.stored;
        break;
      case 'store':
      case 'lsStore':
        found.leaves = true;
        found.late ||= path.wrote;
        path.stored = true;
        break;
      case 'lsLoad':
        // Repeated, it would see what was stored.
        found.leaves ||= found.loadsLeave;
        found.late ||= path.stored || (found.loadsLeave && path.wrote);
        break;
      case 'if': {
        const [then, otherwise] = [{ ...path }, { ...path }];
        const ends = [follow(s.then, then, found), follow(s.otherwise, otherwise, found)];
        const goOn = [then, otherwise].filter((_, arm) => !ends[arm]);
        if (goOn.length === 0) return true;
        path.wrote = goOn.some(({ wrote }) => wrote);
        path.stored = goOn.some(({ stored }) => stored);
        break;
      }
      case 'jumpBy':
      case 'jumpTo':
      case 'exit':
        return true;
      default:
    }
  }
  return false;
}
