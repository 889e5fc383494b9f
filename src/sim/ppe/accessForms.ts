/**
 * The four forms of a load or store: displacement and indexed, each with and without update.
 * Update forms with register 0 as base, or with the base as target of a load, are invalid;
 * here they do what their text says: the base is register 0 itself, and is written last.
 */
import type { I64 } from '../engine/expr.ts';
import type { AccessedMemory, Encoding } from '../engine/isa.ts';
import type { PpcBuilder } from './builder.ts';
import { d, ds, x } from './encodings.ts';
import { insn, type Operands, type PpcInstruction, refusing } from './insn.ts';
import { updatesTarget, updatesZero } from './invalidForms.ts';

/** What is loaded or stored: a register field, and what to do with it at an address. */
export interface Access {
  readonly mnemonic: string;
  /** Without a full stop. */
  readonly doc: string;
  readonly register: 'rt' | 'rs' | 'frt' | 'frs';
  readonly memory: AccessedMemory;
  readonly at: (ea: I64, operands: Operands<string>, builder: PpcBuilder) => void;
}

/** `lwz` and `lwzu`, from the opcode of the first; the other is the next. */
export function displaced(access: Access, opcode: number): PpcInstruction[] {
  return [displacedForm(access, d(opcode), 'd'), displacedUpdate(access, d(opcode + 1), 'd')];
}

/** `ld` and `ldu`, whose displacements are multiples of 4. */
export function displacedByWords(access: Access, opcode: number): PpcInstruction[] {
  return [displacedForm(access, ds(opcode, 0), 'ds'), displacedUpdate(access, ds(opcode, 1), 'ds')];
}

/** `lwzx` and `lwzux`. */
export function indexed(access: Access, plain: number, update: number): PpcInstruction[] {
  const { mnemonic, doc, register, at } = access;
  return [
    insn<string>(`${mnemonic}x`, x(31, plain), `${register} ra0 rb`, `${doc}, indexed.`, (o, b) => { at(o.ra0.plus(o.rb), o, b); }),
    refusing(updated(register), insn<string>(`${mnemonic}ux`, x(31, update), `${register} ra rb`, `${doc}, indexed; ra becomes the address.`, (o, b) => {
      const ea = b.let(o.ra.plus(o.rb));
      at(ea, o, b);
      o.ra.set(ea);
    })),
  ];
}

function updated(register: Access['register']): typeof updatesZero {
  return register === 'rt' ? updatesTarget : updatesZero;
}

/** The form that adds an immediate to the base or 0. */
export function displacedForm({ mnemonic, doc, register, memory, at }: Access, encoding: Encoding, offset: 'd' | 'ds'): PpcInstruction {
  return { ...insn<string>(mnemonic, encoding, `${register} ${offset}(ra0)`, `${doc}.`, (o, b) => { at(o.ra0.plus(o[offset]), o, b); }), memory };
}

function displacedUpdate({ mnemonic, doc, register, memory, at }: Access, encoding: Encoding, offset: 'd' | 'ds'): PpcInstruction {
  const entry = insn<string>(`${mnemonic}u`, encoding, `${register} ${offset}(ra)`, `${doc}; ra becomes the address.`, (o, b) => {
    const ea = b.let(o.ra.plus(o[offset]));
    at(ea, o, b);
    o.ra.set(ea);
  });
  return { ...refusing(updated(register), entry), memory };
}
