/** `refault disasm`: prints the code of a program with symbols and source places. */
import { PPC } from '../sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../sim/ppe/style.ts';
import { Disassembler } from '../sim/program/disassemble.ts';
import { LineIndex } from '../sim/program/lineIndex.ts';
import { loadProgramFiles } from '../sim/program/load.ts';
import type { LineTable, ProgramSymbol, Segment } from '../sim/program/program.ts';
import { SymbolIndex } from '../sim/program/symbols.ts';
import { SPU } from '../sim/spe/instructionSet.ts';
import { SPU_STYLE } from '../sim/spe/style.ts';
import { parseCommand } from './args.ts';
import type { Io } from './io.ts';
import { DISASM } from './specs.ts';

/** What there is to print of a PowerPC program or of an SPU image. */
interface Code {
  readonly segments: readonly Segment[];
  readonly symbols: readonly ProgramSymbol[];
  readonly lines: LineTable;
}

type Print = (word: number, pc: bigint, symbolAt: (address: bigint) => string | undefined) => { mnemonic: string; operands: string };

export async function disasmCommand(args: readonly string[], io: Io): Promise<number> {
  const paths = parseCommand(DISASM, args).operands;
  const { program, warnings } = await loadProgramFiles(paths, (file) => io.readFile(file));
  for (const warning of warnings) io.err(`refault: ${warning}\n`);
  const ppc = new Disassembler(PPC, PPC_STYLE);
  const spu = new Disassembler(SPU, SPU_STYLE);
  if (program.isa === 'ppc') printCode(io, program, 8, (...word) => ppc.disassemble(...word));
  for (const image of program.spuImages) {
    io.out(`\nSPU program ${image.name}:\n`);
    printCode(io, image, 5, (...word) => spu.disassemble(...word));
  }
  return 0;
}

function printCode(io: Io, { segments, symbols, lines }: Code, digits: number, print: Print): void {
  const names = new SymbolIndex(symbols, segments);
  const places = new LineIndex(lines);
  const symbolAt = (address: bigint): string | undefined => {
    const found = names.symbolize(Number(address));
    return found && (found.offset === 0 ? found.name : `${found.name}+0x${found.offset.toString(16)}`);
  };
  for (const segment of segments) {
    if (!segment.executable) continue;
    const view = new DataView(segment.bytes.buffer, segment.bytes.byteOffset, segment.bytes.length);
    const labels = labelsOf(symbols, segment);
    let shown = '';
    const text: string[] = [];
    for (let offset = 0; offset + 4 <= segment.bytes.length; offset += 4) {
      const address = segment.address + offset;
      for (const label of labels.get(address) ?? []) text.push(`\n${hex(address, digits)} <${label}>:`);
      const skipped = zeroWords(view, offset, (at) => labels.has(segment.address + at));
      if (skipped > 0) {
        text.push('        ...');
        offset += 4 * (skipped - 1);
        continue;
      }
      const word = view.getUint32(offset);
      const { mnemonic, operands } = print(word, BigInt(address), symbolAt);
      const place = places.placeOf(address);
      const source = place ? `${place.file}:${String(place.line)}` : '';
      const code = `${hex(address, digits)}  ${hex(word, 8)}  ${mnemonic.padEnd(7)} ${operands}`;
      text.push(source === '' || source === shown ? code.trimEnd() : `${code.padEnd(COLUMN)} # ${source}`);
      shown = source;
    }
    io.out(`${text.join('\n')}\n`);
  }
}

/** Where source places stand, unless the operands are long. */
const COLUMN = 56;
/** As objdump does, longer runs of zeros are not printed. */
const SHORTEST_RUN = 4;

/** The number of zero words from here to the next label, when they are many. */
function zeroWords(view: DataView, offset: number, isLabel: (offset: number) => boolean): number {
  let end = offset;
  while (end + 4 <= view.byteLength && view.getUint32(end) === 0 && (end === offset || !isLabel(end))) end += 4;
  const words = (end - offset) / 4;
  return words >= SHORTEST_RUN ? words : 0;
}

function labelsOf(symbols: readonly ProgramSymbol[], { address, memorySize }: Segment): Map<number, string[]> {
  const labels = new Map<number, string[]>();
  for (const symbol of symbols) {
    if (symbol.address < address || symbol.address >= address + memorySize) continue;
    const names = labels.get(symbol.address);
    if (names) names.push(symbol.name);
    else labels.set(symbol.address, [symbol.name]);
  }
  return labels;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
