/** The PowerPC half of the vector runner. */
import { EXIT } from '../../src/sim/engine/exits.ts';
import { Decoder } from '../../src/sim/engine/isa.ts';
import { PAGE_BYTES } from '../../src/sim/engine/layout.ts';
import { PPE_EXIT } from '../../src/sim/ppe/exits.ts';
import { PPC } from '../../src/sim/ppe/instructionSet.ts';
import { PPE_REGISTER_GROUPS, ppeRegister } from '../../src/sim/ppe/registerNames.ts';
import { PPC_STYLE } from '../../src/sim/ppe/style.ts';
import { Disassembler } from '../../src/sim/program/disassemble.ts';
import { isScalarEstimate, isWithinEstimate, judgedScalarEstimate } from './estimates.ts';
import { PpeMachine } from './ppeMachine.ts';
import { compareRegisters, type Execution, type Vector, VectorFileError, type VectorRunner, type Verdict } from './vectors.ts';

/** For vectors that may be anywhere: away from their data, which lies near 0x12000000. */
const ANYWHERE = 0x1000_0000n;
/** All registers but PC, CR as a whole. */
const NAMES = PPE_REGISTER_GROUPS.flatMap(({ registers }) => registers)
  .filter(({ name, bits }) => name !== 'pc' && bits > 4).map(({ name }) => name);
/** `out` keys that are no registers. */
const NEXT_ADDRESS = 'nia';
const TRAP = 'trap';

export class PpcVectorRunner implements VectorRunner {
  private readonly machine = new PpeMachine();
  private readonly decoder = new Decoder(PPC);
  private readonly disassembler = new Disassembler(PPC, PPC_STYLE);

  run(vector: Vector, execution: Execution): Verdict {
    const { words } = vector;
    if (!words.every((word) => this.decoder.decode(word)?.meaning)) return { kind: 'notRun' };
    const pc = vector.pc ?? ANYWHERE;
    this.prepare(pc, vector, execution);
    const pages = this.machine.mappedPages();
    const code = this.machine.engine.run(words.length);
    const why = this.badEnd(code, pc, words.length, execution)
      ?? compareRegisters(execution, NAMES, (name) => this.valueOf(name, vector, execution))
      ?? this.badMemory(pages, execution);
    return why === undefined ? { kind: 'passed' } : { kind: 'failed', why };
  }

  disassemble({ words, pc = ANYWHERE, text }: Vector): string {
    return words.map((word, index) => {
      const address = pc + BigInt(4 * index);
      const { mnemonic, operands, target } = this.disassembler.disassemble(word, address);
      const full = `${mnemonic} ${operands}`.trim();
      // Vectors that were executed tell targets by distance, the others by address.
      const distance = target === undefined ? 0n : target - address;
      return target !== undefined && /\.[+-]\d+$/.test(text) ? full.replace(/0x[0-9a-f]+$/, `.${distance < 0n ? '' : '+'}${String(distance)}`) : full;
    }).join('; ');
  }

  /** A register; an estimate that is near enough counts as what is expected. */
  private valueOf(name: string, { mnemonic, words }: Vector, { before, after, isApproximate }: Execution): bigint {
    const found = ppeRegister(name)?.get(this.machine.registers) ?? 0n;
    const expected = after.get(name) ?? before.get(name);
    if (!isApproximate || expected === undefined) return found;
    if (isScalarEstimate(mnemonic)) return judgedScalarEstimate(mnemonic, name, found, expected);
    const source = before.get(`v${String(((words[0] ?? 0) >>> 11) & 31)}`) ?? 0n;
    return isWithinEstimate(mnemonic, source, found, expected) ? expected : found;
  }

  private prepare(pc: bigint, { id, words }: Vector, { before, memoryBefore }: Execution): void {
    const { machine } = this;
    machine.clear();
    machine.writeWords(pc, words);
    for (const [address, bytes] of memoryBefore) machine.write(address, bytes);
    for (const [name, value] of before) {
      const register = ppeRegister(name);
      if (!register) throw new VectorFileError(`vector ${id} names a register "${name}" that the PPE does not have.`);
      register.set(machine.registers, value);
    }
    machine.registers.pc = pc;
  }

  private badEnd(code: number, pc: bigint, count: number, { after }: Execution): string | undefined {
    if (after.has(TRAP)) return code === PPE_EXIT.trap && this.machine.registers.pc === pc ? undefined : `it does not trap (exit code ${code})`;
    if (code !== EXIT.budget) return `it leaves the engine with code ${code}`;
    const expected = after.get(NEXT_ADDRESS) ?? pc + BigInt(4 * count);
    const found = this.machine.registers.pc;
    return found === expected ? undefined : `the next instruction is at ${found.toString(16)}, not ${expected.toString(16)}`;
  }

  /** `pages` is what was mapped before; what changes is written into it. */
  private badMemory(pages: ReadonlyMap<bigint, Uint8Array>, { memoryAfter }: Execution): string | undefined {
    for (const [address, bytes] of memoryAfter) {
      bytes.forEach((byte, i) => {
        const place = address + BigInt(i);
        const page = pages.get(place & -BigInt(PAGE_BYTES));
        if (page) page[Number(place) % PAGE_BYTES] = byte;
      });
    }
    const found = this.machine.mappedPages();
    for (const [page, expected] of pages) {
      const bytes = found.get(page);
      const wrong = expected.findIndex((byte, i) => byte !== bytes?.[i]);
      if (wrong >= 0) return `the byte at ${(page + BigInt(wrong)).toString(16)} is ${hex(bytes?.[wrong])}, not ${hex(expected[wrong])}`;
    }
    return undefined;
  }
}

function hex(byte: number | undefined): string {
  return (byte ?? 0).toString(16).padStart(2, '0');
}
