/** What GNU as takes for the Cell and other PowerPC processors have: on a Cell these are illegal instructions. */
import { d, ds, fixed, x } from './encodings.ts';
import { insn, type PpcInstruction, refusing } from './insn.ts';
import { loadsBaseFirst } from './invalidForms.ts';

const ODD_REGISTER = 1 << 21;

export const ABSENT: readonly PpcInstruction[] = [
  refusing(loadsBaseFirst, insn('lq', fixed(d(56), ODD_REGISTER, 0), 'rtEven dq(ra0)', 'Loads a quadword to a pair of registers; absent.')),
  insn('stq', fixed(ds(62, 2), ODD_REGISTER, 0), 'rsEven ds(ra0)', 'Stores a pair of registers; absent.'),
  insn('eciwx', x(31, 310), 'rt ra0 rb', 'Loads a word from a device; absent.'),
  insn('ecowx', x(31, 438), 'rs ra0 rb', 'Stores a word to a device; absent.'),
  insn('dcbi', x(31, 470), 'ra0 rb', 'Drops a block from the data cache without writing it; absent.'),
  insn('rfi', x(19, 50), '', 'Returns from an interrupt to 32-bit code; absent.'),
  insn('mtsrd', x(31, 82), 'segment rs', 'Sets a segment register; absent.'),
  insn('mtsrdin', x(31, 114), 'rs rb', 'Sets the segment register that rb selects; absent.'),
  insn('tlbia', x(31, 370), '', 'Invalidates all TLB entries; absent.'),
  insn('tlbld', x(31, 978), 'rb', 'Loads a TLB entry for data; absent.'),
  insn('tlbli', x(31, 1010), 'rb', 'Loads a TLB entry for code; absent.'),
];
