/** Sends a context's SPU to another instruction, whether it runs or will be started. */
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { nextProgramCounter, writeNextProgramCounter } from '../../sim/spe/run.ts';
import { SPU_STATUS } from '../../sim/spe/spe.ts';

const INTERRUPTS_ENABLED = 1;

export function setSpuPc(machine: Machine, context: SpuContext, address: number): void {
  const spe = machine.spe(context);
  if ((spe.state.run.status & SPU_STATUS.running) !== 0) spe.registers.pc = address;
  else writeNextProgramCounter(spe, address | (nextProgramCounter(spe) & INTERRUPTS_ENABLED));
}
