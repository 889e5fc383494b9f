/** Floating-point loads and stores (Book I, section 4.6.2 and 4.6.3). */
import { type Access, displaced, indexed } from '../accessForms.ts';
import { x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { doubleFromSingle, singleFromDouble } from './convert.ts';

const LFS: Access = {
  mnemonic: 'lfs', doc: 'Loads a single', register: 'frt', memory: { bytes: 4, form: 'float' },
  at: (ea, { frt }, b) => { frt.set(doubleFromSingle(b, b.load(ea, 4))); },
};
const LFD: Access = {
  mnemonic: 'lfd', doc: 'Loads a double', register: 'frt', memory: { bytes: 8, form: 'float' },
  at: (ea, { frt }, b) => { frt.set(b.load(ea, 8)); },
};
const STFS: Access = {
  mnemonic: 'stfs', doc: 'Stores a single', register: 'frs', memory: { bytes: 4, form: 'float' },
  at: (ea, { frs }, b) => { b.store(ea, 4, singleFromDouble(b, frs)); },
};
const STFD: Access = {
  mnemonic: 'stfd', doc: 'Stores a double', register: 'frs', memory: { bytes: 8, form: 'float' },
  at: (ea, { frs }, b) => { b.store(ea, 8, frs); },
};

export const FLOAT_LOAD_STORE: readonly PpcInstruction[] = [
  ...displaced(LFS, 48), ...indexed(LFS, 535, 567),
  ...displaced(LFD, 50), ...indexed(LFD, 599, 631),
  ...displaced(STFS, 52), ...indexed(STFS, 663, 695),
  ...displaced(STFD, 54), ...indexed(STFD, 727, 759),
  insn('stfiwx', x(31, 983), 'frs ra0 rb', 'Stores the low word of a floating-point register.', ({ frs, ra0, rb }, b) => {
    b.store(ra0.plus(rb), 4, frs);
  }),
];
