/** How GNU objdump writes PowerPC operands (`-M cell`). */
import type { OperandStyle } from '../program/disassemble.ts';

const CONDITIONS = ['lt', 'gt', 'eq', 'so'] as const;

/** A CR bit: `gt`, `4*cr2+eq`. */
function crBit(bit: number): string {
  const condition = CONDITIONS[bit & 3] ?? '';
  return bit < 4 ? condition : `4*cr${String(bit >>> 2)}+${condition}`;
}

const HINT_BIT = 1 << 21;
const UNREAD_BITS: Readonly<Record<string, number>> = {
  attn: 0x03fff800, sc: 0xf01c, lq: 0xf,
  cmpwi: 1 << 22, cmpdi: 1 << 22, cmplwi: 1 << 22, cmpldi: 1 << 22,
  dst: 0x01800001, dstt: 0x01800001, dstst: 0x01800001, dststt: 0x01800001, dss: 0x019ff801, dssall: 0x01fff801,
  mtfsf: 0x02010000, 'mtfsf.': 0x02010000,
};

/** Conditional branches to a displacement or address without a written hint are printed for the reserved hint 0b01 too. */
function unreadBits(mnemonic: string): number {
  if (/^b(?:[lg][te]|eq|ne|so|ns|dn?z[tf]?)l?a?$/.test(mnemonic)) return HINT_BIT;
  return Object.hasOwn(UNREAD_BITS, mnemonic) ? (UNREAD_BITS[mnemonic] ?? 0) : 0;
}

export const PPC_STYLE: OperandStyle = {
  operand: ({ name, kind }, value) => {
    switch (kind) {
      // A base of register 0 is the value 0.
      case 'gpr': return name === 'ra0' && value === 0 ? '0' : `r${String(value)}`;
      case 'fpr': return `f${String(value)}`;
      case 'vr': return `v${String(value)}`;
      case 'crField': return `cr${String(value)}`;
      case 'crBit': return crBit(value);
      default: return String(value);
    }
  },
  target: (address, absolute) => `0x${BigInt.asUintN(absolute ? 32 : 64, address).toString(16)}`,
  unreadBits,
};
