/** What only the operating system may execute: in a user program it raises the program interrupt (Book III). */
import { primary, x } from './encodings.ts';
import { PPE_EXIT } from './exits.ts';
import { insn, type PpcInstruction } from './insn.ts';

function privileged(mnemonic: string, opcode: number, number: number, operands: string, doc: string): PpcInstruction {
  return insn(mnemonic, x(opcode, number), operands, `${doc}; privileged.`, (_, b) => { b.exit(PPE_EXIT.privileged); });
}

export const PRIVILEGED: readonly PpcInstruction[] = [
  privileged('mfmsr', 31, 83, 'rt', 'Copies MSR'),
  privileged('mtmsr', 31, 146, 'rs lMsr', 'Sets MSR'),
  privileged('mtmsrd', 31, 178, 'rs lMsr', 'Sets MSR, doubleword'),
  privileged('rfid', 19, 18, '', 'Returns from an interrupt'),
  privileged('hrfid', 19, 274, '', 'Returns from a hypervisor interrupt'),
  privileged('slbie', 31, 434, 'rb', 'Invalidates an SLB entry'),
  privileged('slbia', 31, 498, '', 'Invalidates all SLB entries but one'),
  privileged('slbmte', 31, 402, 'rs rb', 'Sets an SLB entry'),
  privileged('slbmfev', 31, 851, 'rt rb', 'Copies the VSID of an SLB entry'),
  privileged('slbmfee', 31, 915, 'rt rb', 'Copies the ESID of an SLB entry'),
  privileged('tlbie', 31, 306, 'rb lTlb', 'Invalidates TLB entries on all processors'),
  privileged('tlbiel', 31, 274, 'rb lTlb', 'Invalidates TLB entries on this processor'),
  privileged('tlbsync', 31, 566, '', 'Waits until all processors have invalidated'),
  insn('attn', { mask: 0xfc0007ff, match: primary(0) | 0x200 }, '', 'Calls the support processor; disabled, so an illegal instruction.'),
];
