/** How GNU objdump writes PowerPC operands (`-M cell`). */
import type { OperandStyle } from '../program/disassemble.ts';

const CONDITIONS = ['lt', 'gt', 'eq', 'so'] as const;

/** A CR bit: `gt`, `4*cr2+eq`. */
function crBit(bit: number): string {
  const condition = CONDITIONS[bit & 3] ?? '';
  return bit < 4 ? condition : `4*cr${String(bit >>> 2)}+${condition}`;
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
  target: (address) => `0x${BigInt.asUintN(64, address).toString(16)}`,
};
