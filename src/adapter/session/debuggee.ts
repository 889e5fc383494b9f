/** One launched program: its machine and what is known about its code. A restart makes another. */
import { Machine, type MachineHost, type MachineSettings } from '../../sim/machine.ts';
import type { Interpreters } from '../../sim/run/interpreters.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { type CodeUnit, type ProgramCode, programCode } from '../code/codeUnit.ts';
import { ExecutedCode } from '../coverage/executedCode.ts';
import { InstructionText } from '../code/instructionText.ts';
import { LoadedImages } from '../code/loadedImages.ts';
import { KernelListings } from '../sources/kernelListings.ts';
import { KnownGroups } from '../views/knownGroups.ts';

export class Debuggee {
  readonly machine: Machine;
  readonly code: ProgramCode;
  readonly images: LoadedImages;
  readonly listings: KernelListings;
  /** What has run so far. */
  readonly executed = new ExecutedCode();
  readonly instructions = new InstructionText();
  readonly groups = new KnownGroups();

  /** @throws RangeError for a machine or a program that cannot be. */
  constructor(readonly settings: MachineSettings, host: MachineHost, interpreters: Interpreters) {
    this.machine = new Machine(settings, host, interpreters);
    this.machine.control.runsInPieces = true;
    this.code = programCode(settings.program);
    this.listings = new KernelListings(settings.profile);
    this.images = new LoadedImages(this.machine, this.code.images);
    this.machine.control.firstExecuted = (runner, address) => { this.executed.mark(this.unitOf(runner), address); };
  }

  /** The code that a thread runs. */
  unitOf(thread: Runner): CodeUnit | undefined {
    return thread.kind === 'task' ? this.code.ppe : this.images.imageOf(thread.context);
  }
}
