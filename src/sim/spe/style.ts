/** How GNU objdump writes SPU operands (spu-elf). */
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';
import type { OperandStyle } from '../program/disassemble.ts';

export const SPU_STYLE: OperandStyle = {
  operand: ({ kind }, value) => {
    switch (kind) {
      case 'spuRegister': return `$${String(value)}`;
      case 'channel': return `$ch${String(value)}`;
      case 'spuSpecial': return `$sp${String(value)}`;
      default: return String(value);
    }
  },
  target: (address) => address.toString(16),
  resolve: (pc, displacement) => (pc + BigInt(displacement)) & BigInt(LOCAL_STORE_BYTES - 1),
};
