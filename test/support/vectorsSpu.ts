/** The SPU half of the vector runner. */
import { EXIT } from '../../src/sim/engine/exits.ts';
import { Decoder } from '../../src/sim/engine/isa.ts';
import { LOCAL_STORE_BYTES } from '../../src/sim/engine/layout.ts';
import { Disassembler } from '../../src/sim/program/disassemble.ts';
import { SPU_EXIT } from '../../src/sim/spe/exits.ts';
import { SPU } from '../../src/sim/spe/instructionSet.ts';
import { SPU_REGISTER_GROUPS, spuRegister } from '../../src/sim/spe/registerNames.ts';
import { SPU_STYLE } from '../../src/sim/spe/style.ts';
import { SpeMachine } from './speMachine.ts';
import { compareRegisters, type Execution, type MemoryBytes, type Vector, type VectorRunner, type Verdict } from './vectors.ts';

/** For vectors that may be anywhere: below their data, which begins at 0x8000. */
const ANYWHERE = 0x400n;
const NAMES = SPU_REGISTER_GROUPS.flatMap(({ registers }) => registers).map(({ name }) => name).filter((name) => name !== 'pc');
/** `out` keys that are no registers. */
const NEXT_ADDRESS = 'npc';
const HALT = 'halt';

export class SpuVectorRunner implements VectorRunner {
  private readonly machine = new SpeMachine();
  private readonly decoder = new Decoder(SPU);
  private readonly disassembler = new Disassembler(SPU, SPU_STYLE);

  run({ words, pc = ANYWHERE }: Vector, execution: Execution): Verdict {
    if (!words.every((word) => this.decoder.decode(word)?.meaning)) return { kind: 'notRun' };
    const { machine } = this;
    machine.localBytes(0, LOCAL_STORE_BYTES).fill(0);
    this.store(execution.memoryBefore);
    machine.load(Number(pc), words);
    machine.registers.bytes.fill(0);
    for (const [name, value] of execution.before) spuRegister(name)?.set(machine.registers, value);
    machine.registers.pc = Number(pc);
    const expected = machine.localBytes(0, LOCAL_STORE_BYTES).slice();
    for (const [address, bytes] of execution.memoryAfter) expected.set(bytes, Number(address));

    const code = machine.engine.run(words.length);
    const why = this.badEnd(code, pc, words.length, execution)
      ?? compareRegisters(execution, NAMES, (name) => spuRegister(name)?.get(machine.registers) ?? 0n)
      ?? badBytes(machine.localBytes(0, LOCAL_STORE_BYTES), expected);
    return why === undefined ? { kind: 'passed' } : { kind: 'failed', why };
  }

  disassemble({ words, pc = ANYWHERE, text }: Vector): string {
    return words.map((word, index) => {
      const address = pc + BigInt(4 * index);
      const { mnemonic, operands, target, instruction } = this.disassembler.disassemble(word, address);
      const full = `${mnemonic} ${operands}`.trim();
      // A symbol stood between a hint's first address and the comma, and left its blank.
      if (mnemonic.startsWith('hb')) return full.replace(',', ' ,').replace(/(?<=,)[0-9a-f]+$/, (digits) => zeroIfHere(digits, target, address));
      const isRelative = instruction?.operands.some(({ field }) => field.name === 'relative') ?? false;
      if (target === undefined || !isRelative) return full;
      const distance = Number(target - address);
      // Vectors that were executed tell targets by distance, the others by address.
      const written = /\.[+-]\d+$/.test(text) ? `.${distance < 0 ? '' : '+'}${String(distance)}` : zeroIfHere(target.toString(16), target, address);
      return full.replace(/[0-9a-f]+$/, written);
    }).join('; ');
  }

  private badEnd(code: number, pc: bigint, count: number, { after }: Execution): string | undefined {
    const expectedCode = after.has(HALT) ? SPU_EXIT.halt : EXIT.budget;
    if (code !== expectedCode) return `it leaves the engine with code ${code}, not ${expectedCode}`;
    const expected = Number(after.get(NEXT_ADDRESS) ?? pc + BigInt(4 * count));
    const found = this.machine.registers.pc;
    return found === expected ? undefined : `the next instruction is at ${found.toString(16)}, not ${expected.toString(16)}`;
  }

  private store(memory: MemoryBytes): void {
    for (const [address, bytes] of memory) this.machine.localBytes(Number(address), bytes.length).set(bytes);
  }
}

/** objdump prints 0 for a relative target that is the instruction itself. */
function zeroIfHere(digits: string, target: bigint | undefined, pc: bigint): string {
  return target === pc ? '0' : digits;
}

function badBytes(found: Uint8Array, expected: Uint8Array): string | undefined {
  if (Buffer.compare(found, expected) === 0) return undefined;
  const wrong = expected.findIndex((byte, i) => byte !== found[i]);
  return `the byte at ${wrong.toString(16)} is ${String(found[wrong])}, not ${String(expected[wrong])}`;
}
