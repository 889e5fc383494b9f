/** Fixed-point loads and stores (PowerPC Architecture Book I, sections 3.3.2 to 3.3.4). */
import { type Access, displaced, displacedByWords, displacedForm, indexed } from '../accessForms.ts';
import { ds, x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';

type Bytes = 1 | 2 | 4 | 8;

function load(mnemonic: string, doc: string, bytes: Bytes, signed = false): Access {
  return { mnemonic, doc, register: 'rt', memory: { bytes, form: signed ? 'signed' : 'unsigned' }, at: (ea, { rt }, b) => { rt.set(b.load(ea, bytes, signed)); } };
}

function store(mnemonic: string, doc: string, bytes: Bytes): Access {
  return { mnemonic, doc, register: 'rs', memory: { bytes, form: 'unsigned' }, at: (ea, { rs }, b) => { b.store(ea, bytes, rs); } };
}

function reversedLoad(mnemonic: string, number: number, bytes: Bytes, what: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'rt ra0 rb', `Loads a ${what} in little-endian order.`, ({ rt, ra0, rb }, b) => {
    rt.set(b.load(ra0.plus(rb), bytes, false, true));
  });
}

function reversedStore(mnemonic: string, number: number, bytes: Bytes, what: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'rs ra0 rb', `Stores a ${what} in little-endian order.`, ({ rs, ra0, rb }, b) => {
    b.store(ra0.plus(rb), bytes, rs, true);
  });
}

const LBZ = load('lbz', 'Loads a byte', 1);
const LHZ = load('lhz', 'Loads a halfword', 2);
const LHA = load('lha', 'Loads a halfword and extends its sign', 2, true);
const LWZ = load('lwz', 'Loads a word', 4);
const LWA = load('lwa', 'Loads a word and extends its sign', 4, true);
const LD = load('ld', 'Loads a doubleword', 8);
const STB = store('stb', 'Stores a byte', 1);
const STH = store('sth', 'Stores a halfword', 2);
const STW = store('stw', 'Stores a word', 4);
const STD = store('std', 'Stores a doubleword', 8);

export const LOAD_STORE: readonly PpcInstruction[] = [
  ...displaced(LBZ, 34), ...indexed(LBZ, 87, 119),
  ...displaced(LHZ, 40), ...indexed(LHZ, 279, 311),
  ...displaced(LHA, 42), ...indexed(LHA, 343, 375),
  ...displaced(LWZ, 32), ...indexed(LWZ, 23, 55),
  displacedForm(LWA, ds(58, 2), 'ds'), ...indexed(LWA, 341, 373),
  ...displacedByWords(LD, 58), ...indexed(LD, 21, 53),
  ...displaced(STB, 38), ...indexed(STB, 215, 247),
  ...displaced(STH, 44), ...indexed(STH, 407, 439),
  ...displaced(STW, 36), ...indexed(STW, 151, 183),
  ...displacedByWords(STD, 62), ...indexed(STD, 149, 181),
  reversedLoad('lhbrx', 790, 2, 'halfword'),
  reversedLoad('lwbrx', 534, 4, 'word'),
  reversedLoad('ldbrx', 532, 8, 'doubleword'),
  reversedStore('sthbrx', 918, 2, 'halfword'),
  reversedStore('stwbrx', 662, 4, 'word'),
  reversedStore('stdbrx', 660, 8, 'doubleword'),
];
