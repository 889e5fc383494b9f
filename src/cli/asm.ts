/** `refault asm`: assembles the source files of a program and prints what became of each line. */
import type { ListingRow } from '../sim/program/asm/listing.ts';
import { isElf } from '../sim/program/elf/identify.ts';
import { assembleProgram, withIncludes } from '../sim/program/load.ts';
import { decodeSource } from '../sim/program/sourceText.ts';
import { parseCommand } from './args.ts';
import { CommandError, type Io } from './io.ts';
import { fileListing } from './listing.ts';
import { ASM } from './specs.ts';

export async function asmCommand(args: readonly string[], io: Io): Promise<number> {
  const paths = parseCommand(ASM, args).operands;
  const { listing } = await withIncludes(paths, (file) => io.readFile(file), (file) => {
    if (isElf(file.bytes)) throw new CommandError(`"${file.name}" is an ELF program, not assembler source; "refault disasm ${file.name}" disassembles it.`);
    return assembleProgram(file);
  });
  for (const [file, rows] of rowsByFile(paths, listing)) {
    io.out(fileListing(file, decodeSource(file, await io.readFile(file)), rows));
  }
  return 0;
}

/** The rows of each file that made bytes; the files that were named come first. */
function rowsByFile(paths: readonly string[], listing: readonly ListingRow[]): Map<string, ListingRow[]> {
  const files = new Map<string, ListingRow[]>(paths.map((path) => [path, []]));
  for (const row of listing) {
    const rows = files.get(row.place.file);
    if (rows) rows.push(row);
    else files.set(row.place.file, [row]);
  }
  return files;
}
