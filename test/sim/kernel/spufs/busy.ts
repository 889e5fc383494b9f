/** The situation of the story: the one SPE is busy, and a thread touches registers of a context that has none. */
import { expect } from 'vitest';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';

/**
 * One SPE. The main thread runs b on it, which spins for 20 ms; the toucher, whose code is
 * `touch`, has registers of the saved context a mapped at r28. Signals go to the toucher.
 */
export const busy = (touch: string, more = ''): string => `
        create  a
        mr      r27, r3
        create  b
        mr      r30, r3
        load_program b_mem, spin, spin_end
        load_program a_mem, halt_now, halt_now_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        ${more}
        start_thread toucher, stack1_top, tid1
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        show
        join_thread tid1
        show_word alarms
        show_word result
        quit    0
toucher:
        sleep_for ms1
        ${touch}
        end_thread`;

/** The one fault that there is. */
export function only(faults: readonly FaultRecord[]): FaultRecord {
  expect(faults).toHaveLength(1);
  const [fault] = faults;
  if (!fault) throw new Error('There is no fault.');
  return fault;
}
