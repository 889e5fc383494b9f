/**
 * SPE contexts off their SPE: what the kernel keeps of one, and the way there and back
 * (facts 3.1, 3.6). The local store is not part of it: the kernel copies that to the
 * context's own memory.
 */
import { checkDecrementer } from './decrementer.ts';
import { EVENT, raiseEvent } from './events.ts';
import { SPU_STATE_BYTES } from './layout.ts';
import { suspendMfc } from './mfc.ts';
import type { SpePorts } from './ports.ts';
import { SpuRegisters } from './registers.ts';
import { canExecute, nextProgramCounter } from './run.ts';
import type { Spe } from './spe.ts';
import { newSpeState, type SpeState } from './state.ts';

/** The hardware state of a context that is on no SPE. Plain data. */
export interface SavedContext {
  readonly state: SpeState;
  /** Registers and cells, as `SPU_STATE` places them. */
  readonly registers: Uint8Array;
}

/** What a new context starts from. */
export function newContext(): SavedContext {
  return { state: newSpeState(), registers: new Uint8Array(SPU_STATE_BYTES) };
}

/** Takes the context off an SPE, which is as new afterwards. Transfers in flight keep what they have moved; a reservation is gone. */
export function saveContext(spe: Spe): SavedContext {
  const { state } = spe;
  state.run.npc = nextProgramCounter(spe);
  state.mfc.reservation = undefined;
  const saved = { state, registers: spe.registers.copy() };
  spe.state = newSpeState();
  spe.registers.load(new Uint8Array(SPU_STATE_BYTES));
  return saved;
}

/**
 * Puts a context on an SPE. A decrementer has gone on in the meantime, as Linux corrects it;
 * an SPU that was running runs on, and transfers go on. Linux raises the event of a lost
 * reservation each time, whether there was one or not (facts 6.6).
 */
export function restoreContext(spe: Spe, saved: SavedContext, now: number): void {
  spe.state = saved.state;
  spe.registers.load(saved.registers);
  const { mfc, decrementer } = spe.state;
  mfc.nextStep = undefined;
  suspendMfc(spe, mfc.suspended, now);
  if (decrementer.running) spe.ports.schedule(Math.max(decrementer.expires, now));
  checkDecrementer(spe, now);
  raiseEvent(spe, EVENT.lockLineLost);
  if (canExecute(spe.state)) spe.ports.wake();
}

/**
 * A saved context seen as an SPE: mailboxes, signals, run control and the rest of the
 * problem state work on it as on hardware (facts 3.1, 6.3), but nothing moves or runs.
 */
export function savedSpe(saved: SavedContext): Spe {
  return { state: saved.state, registers: new SpuRegisters(saved.registers), ports: NO_HARDWARE };
}

const nothing = (): void => undefined;

const NO_HARDWARE: SpePorts = {
  memory: new Uint8Array(0),
  localStore: 0,
  now: () => 0,
  schedule: nothing,
  translate: () => ({ kind: 'storageMiss', denied: false }),
  readRegisters: nothing,
  writeRegisters: nothing,
  raiseInterrupt: nothing,
  wake: nothing,
  stopped: nothing,
  commandDone: nothing,
  endRun: nothing,
  watchLine: nothing,
  memoryWritten: nothing,
};
