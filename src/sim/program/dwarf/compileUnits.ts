/**
 * Where each compilation ran: before DWARF 5 the line table does not say what its relative
 * paths are relative to, only the unit's first entry in `.debug_info` does (DWARF 4, 3.1.1).
 */
import { DW_AT } from './constants.ts';
import { offsetOf, textOf } from './entry.ts';
import type { Units } from './units.ts';

/** Compilation directories by the offset of their unit in `.debug_line`. What is damaged is left out. */
export function compileDirectories(units: Units): ReadonlyMap<number, string> {
  const directories = new Map<number, string>();
  for (const unit of units.all) {
    const root = units.rootOf(unit);
    const directory = root && textOf(root, DW_AT.compileDirectory);
    const lines = root && offsetOf(root, DW_AT.statementList);
    if (directory !== undefined && lines !== undefined) directories.set(lines, directory);
  }
  return directories;
}
