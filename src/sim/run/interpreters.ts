/**
 * The interpreters of both instruction sets, made when a processor first needs one. Machines
 * that are given the same object compile each but once.
 */
import { FormTable } from '../engine/forms.ts';
import { InterpreterModules } from '../engine/interpreterModules.ts';
import { PPC } from '../ppe/instructionSet.ts';
import { SPU } from '../spe/instructionSet.ts';

export class Interpreters {
  readonly ppc = new InterpreterModules(new FormTable(PPC));
  readonly spu = new InterpreterModules(new FormTable(SPU));
}
