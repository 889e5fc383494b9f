/** The header of one unit of `.debug_line`. DWARF 5, 6.2.4; DWARF 2 to 4 in their 6.2.4. */
import { OutOfBytes } from '../bigEndian.ts';
import { joinPath } from '../sourcePath.ts';
import type { Cursor } from './cursor.ts';
import { type Strings, type UnitFormat, readForm } from './forms.ts';

export interface LineHeader extends UnitFormat {
  readonly minimumInstructionLength: number;
  readonly maximumOperations: number;
  readonly defaultIsStatement: boolean;
  readonly lineBase: number;
  readonly lineRange: number;
  /** Number of operands of each standard opcode; its length is `opcode_base`. */
  readonly operandCounts: readonly number[];
  readonly directories: readonly string[];
  /** By the number that the program uses: from 1, or from 0 in DWARF 5. */
  readonly files: FileEntry[];
  /** Where the line-number program begins. */
  readonly programOffset: number;
}

export interface FileEntry {
  readonly name: string;
  readonly directory: number;
}

const DW_LNCT_PATH = 1;
const DW_LNCT_DIRECTORY_INDEX = 2;

/**
 * Reads the header behind the unit's length. `compileDirectory` is directory 0 before DWARF 5, which
 * has its own. Throws `OutOfBytes` where the header contradicts itself.
 */
export function readLineHeader(cursor: Cursor, offsetSize: 4 | 8, addressSize: number, strings: Strings, compileDirectory: string): LineHeader {
  const version = cursor.unsigned(2);
  if (version < 2 || version > 5) throw new OutOfBytes(`DWARF version ${String(version)}`);
  const format: UnitFormat = { version, offsetSize, addressSize: version >= 5 ? cursor.u8() : addressSize };
  if (version >= 5) cursor.advance(1);
  const headerLength = cursor.unsigned(offsetSize);
  const programOffset = cursor.offset + headerLength;
  const minimumInstructionLength = cursor.u8();
  const maximumOperations = version >= 4 ? Math.max(cursor.u8(), 1) : 1;
  const defaultIsStatement = cursor.u8() !== 0;
  const lineBase = cursor.s8();
  const lineRange = cursor.u8();
  const opcodeBase = cursor.u8();
  if (lineRange === 0 || opcodeBase === 0 || programOffset > cursor.end) throw new OutOfBytes('the header contradicts itself');
  const operandCounts = [0, ...Array.from({ length: opcodeBase - 1 }, () => cursor.u8())];
  const tables = cursor.within(programOffset);
  const { directories, files } = version >= 5 ? readTables(tables, format, strings) : readOldTables(tables, compileDirectory);
  return {
    ...format, minimumInstructionLength, maximumOperations, defaultIsStatement, lineBase, lineRange,
    operandCounts, directories, files, programOffset,
  };
}

/** The path of a file as the compiler named it, or undefined where the program names no such file. */
export function pathOf(header: LineHeader, file: number): string | undefined {
  const entry = header.files[file];
  if (!entry || entry.name === '') return undefined;
  const compileDirectory = header.directories[0] ?? '';
  return joinPath(joinPath(compileDirectory, header.directories[entry.directory] ?? ''), entry.name);
}

interface Tables {
  readonly directories: readonly string[];
  readonly files: FileEntry[];
}

function readOldTables(cursor: Cursor, compileDirectory: string): Tables {
  const directories = [compileDirectory];
  for (let name = cursor.text(); name !== ''; name = cursor.text()) directories.push(name);
  const files: FileEntry[] = [{ name: '', directory: 0 }];
  for (let name = cursor.text(); name !== ''; name = cursor.text()) files.push(readFileEntry(cursor, name));
  return { directories, files };
}

/** The rest of a file entry of DWARF 2 to 4: directory, time and length. `DW_LNE_define_file` has the same form. */
export function readFileEntry(cursor: Cursor, name: string): FileEntry {
  const directory = cursor.uleb();
  cursor.uleb();
  cursor.uleb();
  return { name, directory };
}

function readTables(cursor: Cursor, format: UnitFormat, strings: Strings): Tables {
  const directories = readEntries(cursor, format, strings).map(({ name }) => name);
  return { directories, files: readEntries(cursor, format, strings) };
}

function readEntries(cursor: Cursor, format: UnitFormat, strings: Strings): FileEntry[] {
  const columns = Array.from({ length: cursor.u8() }, () => ({ content: cursor.uleb(), form: cursor.uleb() }));
  const count = cursor.uleb();
  if (count > cursor.left) throw new OutOfBytes(`${String(count)} entries`);
  return Array.from({ length: count }, () => {
    const entry = { name: '', directory: 0 };
    for (const { content, form } of columns) {
      const value = readForm(cursor, form, format, strings);
      if (content === DW_LNCT_PATH && value.kind === 'text') entry.name = value.text;
      if (content === DW_LNCT_DIRECTORY_INDEX && value.kind === 'constant') entry.directory = Number(value.value);
    }
    return entry;
  });
}
