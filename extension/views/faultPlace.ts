/** Where a fault is in a list of faults, newest first, that can be asked for pieces. */
import type { FaultRow, FaultsArguments } from '../../src/adapter/protocol.ts';
import type { Records } from './records.ts';

/**
 * Halves the list until it has the place of the fault; undefined where it is not in it.
 * @param narrowing What the list is narrowed to.
 */
export async function placeOfFault(id: number, records: Pick<Records, 'faults'>, narrowing: Omit<FaultsArguments, 'start' | 'count'>): Promise<number | undefined> {
  const rowAt = async (start: number): Promise<FaultRow | undefined> => (await records.faults({ start, count: 1, ...narrowing })).faults[0];
  let first = 0;
  let beyond = (await records.faults({ start: 0, count: 0, ...narrowing })).total;
  while (first < beyond) {
    const middle = Math.floor((first + beyond) / 2);
    const row = await rowAt(middle);
    if (row?.id === id) return middle;
    if (row && row.id > id) first = middle + 1;
    else beyond = middle;
  }
  return undefined;
}
