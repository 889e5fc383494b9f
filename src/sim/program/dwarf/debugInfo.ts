/** What the debug information of one program tells: made once for a program, read when it is asked. */
import { CallFrames } from './callFrames.ts';
import { Functions } from './functions.ts';
import { Globals } from './globals.ts';
import type { DebugSections } from './sections.ts';
import { Types } from './types.ts';
import { UnitFiles } from './unitFiles.ts';
import { Units } from './units.ts';

export class DebugInfo {
  readonly units: Units;
  readonly types: Types;
  readonly functions: Functions;
  readonly globals: Globals;
  readonly callFrames: CallFrames;
  readonly files: UnitFiles;

  constructor(sections: DebugSections) {
    this.units = new Units(sections);
    this.types = new Types(this.units);
    this.functions = new Functions(this.units);
    this.globals = new Globals(this.units);
    this.files = new UnitFiles(this.units);
    this.callFrames = new CallFrames(sections);
  }
}
