/** `refault asm`: assembles a source file and prints what became of each line. */
import type { ListingRow } from '../sim/program/asm/listing.ts';
import { isElf } from '../sim/program/elf/identify.ts';
import { assembleFile, withIncludes } from '../sim/program/load.ts';
import { decodeSource } from '../sim/program/sourceText.ts';
import { parseCommand } from './args.ts';
import { CommandError, type Io } from './io.ts';
import { fileListing } from './listing.ts';
import { ASM } from './specs.ts';

export async function asmCommand(args: readonly string[], io: Io): Promise<number> {
  const [path = ''] = parseCommand(ASM, args).operands;
  const { listing } = await withIncludes(path, (file) => io.readFile(file), (file) => {
    if (isElf(file.bytes)) throw new CommandError(`"${path}" is an ELF program, not assembler source; "refault disasm ${path}" disassembles it.`);
    return assembleFile(file);
  });
  for (const [file, rows] of rowsByFile(path, listing)) {
    io.out(fileListing(file, decodeSource(file, await io.readFile(file)), rows));
  }
  return 0;
}

/** The rows of each file that made bytes; the file that was named comes first. */
function rowsByFile(path: string, listing: readonly ListingRow[]): Map<string, ListingRow[]> {
  const files = new Map<string, ListingRow[]>([[path, []]]);
  for (const row of listing) {
    const rows = files.get(row.place.file);
    if (rows) rows.push(row);
    else files.set(row.place.file, [row]);
  }
  return files;
}
