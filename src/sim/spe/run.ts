/** Starting and stopping the SPU, and its status register (facts 6.1; CBE Architecture 1.02, chapter 8). */
import { SPU_EXIT } from './exits.ts';
import { INTERRUPT, raiseInterrupt } from './interrupts.ts';
import { INSTRUCTION_ADDRESS_MASK } from './layout.ts';
import { SPU_STATUS, type Spe } from './spe.ts';
import type { SpeState } from './state.ts';

const RUN = 1;
const INTERRUPTS_ENABLED = 1;
const STOP_CODE_SHIFT = 16;

/** The SPU executes instructions: it is started and waits for no channel. */
export function canExecute({ run }: SpeState): boolean {
  return (run.status & (SPU_STATUS.running | SPU_STATUS.waitingForChannel)) === SPU_STATUS.running;
}

/** SPU_RunCntl: bit 0 starts the SPU at SPU_NPC or stops it where it is. */
export function writeRunControl(spe: Spe, value: number): void {
  const { run } = spe.state;
  const isRunning = (run.status & SPU_STATUS.running) !== 0;
  run.control = value;
  if ((value & RUN) === 0) {
    if (!isRunning) return;
    stopWith(spe, 0, spe.registers.pc);
    spe.ports.stopped();
  } else if (!isRunning) {
    run.status = SPU_STATUS.running;
    spe.registers.pc = run.npc;
    spe.registers.interruptsEnabled = (run.npc & INTERRUPTS_ENABLED) !== 0;
    spe.ports.wake();
  }
}

/** SPU_NPC: where the SPU starts next; ignored while it runs. */
export function writeNextProgramCounter({ state: { run } }: Spe, value: number): void {
  if ((run.status & SPU_STATUS.running) === 0) run.npc = value & (INSTRUCTION_ADDRESS_MASK | INTERRUPTS_ENABLED);
}

/** SPU_NPC as it reads: while the SPU runs, the instruction that it is at. */
export function nextProgramCounter({ state: { run }, registers }: Spe): number {
  return (run.status & SPU_STATUS.running) === 0 ? run.npc : addressWithEnable(registers.pc, registers.interruptsEnabled);
}

/**
 * Interrupts the program where it may be: it goes on at address 0, with interrupts disabled, and
 * SRR0 has the instruction that would have been next (SPU ISA 1.2, chapter 12). One that waits
 * for a channel comes back to that instruction. To be called before the SPU runs.
 * @returns whether it was interrupted.
 */
export function takeInterrupt({ state: { events }, registers }: Spe): boolean {
  if (events.count === 0 || !registers.interruptsEnabled) return false;
  registers.srr0 = registers.pc;
  registers.pc = 0;
  registers.interruptsEnabled = false;
  return true;
}

/** What an engine's exit code means for the SPE; codes of the engine itself change nothing. */
export function spuLeft(spe: Spe, exitCode: number): void {
  const { registers } = spe;
  switch (exitCode) {
    case SPU_EXIT.stop:
      stopWith(spe, (registers.stopCode << STOP_CODE_SHIFT) | SPU_STATUS.stoppedByStop, registers.pc);
      raiseInterrupt(spe, 2, INTERRUPT.stopAndSignal);
      break;
    case SPU_EXIT.halt:
      stopWith(spe, SPU_STATUS.stoppedByHalt, registers.pc);
      raiseInterrupt(spe, 2, INTERRUPT.halt);
      break;
    // SPU_NPC is past the instruction that is none: the kernel reports npc - 4 (facts 5.1).
    case SPU_EXIT.illegalInstruction:
      stopWith(spe, SPU_STATUS.invalidInstruction, registers.pc + 4);
      raiseInterrupt(spe, 0, INTERRUPT.spuError);
      break;
    case SPU_EXIT.invalidChannel:
      stopWith(spe, SPU_STATUS.invalidChannel, registers.pc + 4);
      raiseInterrupt(spe, 0, INTERRUPT.spuError);
      break;
    case SPU_EXIT.channelStall:
      spe.state.run.status |= SPU_STATUS.waitingForChannel;
      break;
  }
}

function stopWith({ state: { run }, registers }: Spe, status: number, next: number): void {
  run.control = 0;
  run.status = status >>> 0;
  run.npc = addressWithEnable(next, registers.interruptsEnabled);
}

function addressWithEnable(address: number, interruptsEnabled: boolean): number {
  return (address & INSTRUCTION_ADDRESS_MASK) | (interruptsEnabled ? INTERRUPTS_ENABLED : 0);
}
