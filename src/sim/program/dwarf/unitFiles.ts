/** Source files by the numbers that a unit has for them: those of its line table's header. */
import { sound } from '../bigEndian.ts';
import { DW_AT } from './constants.ts';
import { Cursor } from './cursor.ts';
import { offsetOf, textOf } from './entry.ts';
import { type LineHeader, pathOf, readLineHeader } from './lineHeader.ts';
import { NO_BYTES } from './sections.ts';
import type { Unit, Units } from './units.ts';

export class UnitFiles {
  private readonly headers = new Map<Unit, LineHeader | undefined>();

  constructor(private readonly units: Units) {}

  /** As the line table names it; undefined where there is no such file. */
  pathOf(unit: Unit, file: number): string | undefined {
    if (!this.headers.has(unit)) this.headers.set(unit, this.readHeader(unit));
    const header = this.headers.get(unit);
    return header && pathOf(header, file);
  }

  private readHeader(unit: Unit): LineHeader | undefined {
    const root = this.units.rootOf(unit);
    if (!root) return undefined;
    const start = offsetOf(root, DW_AT.statementList);
    if (start === undefined) return undefined;
    const bytes = this.units.sections.line ?? NO_BYTES;
    return sound(() => {
      const cursor = new Cursor(bytes, start, bytes.length);
      const { length, offsetSize } = cursor.unitLength();
      const directory = textOf(root, DW_AT.compileDirectory) ?? '';
      return readLineHeader(cursor.within(cursor.offset + length), offsetSize, unit.addressSize, this.units.strings, directory);
    });
  }
}
