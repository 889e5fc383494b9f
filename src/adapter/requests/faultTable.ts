import { faultTable as tableOf } from '../comparison/faultTable.ts';
import { placeIn } from '../comparison/programRun.ts';
import { FAULT_TABLE_REQUEST, type FaultTableResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import { nothing } from '../session/shape.ts';
import { newestFaults, unitOfFault } from '../views/faultRows.ts';

const MOST_ROWS = 1000;

/** Answers in every state of the session, when the program has ended too. */
export const faultTable = request(FAULT_TABLE_REQUEST, nothing, ({ execution: { debuggee } }): FaultTableResponse => {
  if (!debuggee) return { lines: [], leftOut: 0 };
  const { total, records } = newestFaults(debuggee.machine.state.faults, 0, MOST_ROWS);
  const lines = tableOf({
    faultCount: total,
    faults: () => records.toReversed(),
    placeOf: (record) => placeIn(unitOfFault(debuggee, record), record.pc),
  });
  return { lines: [...lines], leftOut: total - records.length };
});
