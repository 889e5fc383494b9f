/** Fields of a fault record as values: for conditions of fault filters, and as `fault.NAME` everywhere. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { signalName } from '../../sim/kernel/signal/numbers.ts';
import type { Value } from './value.ts';

const none: Value = { kind: 'none' };
const number = (value: number | bigint | undefined): Value => (value === undefined ? none : { kind: 'integer', value: BigInt(value), bits: 64 });
const text = (value: string | undefined): Value => (value === undefined ? none : { kind: 'text', value });

const FIELDS: Readonly<Record<string, (record: FaultRecord) => Value>> = {
  id: ({ id }) => number(id),
  cycle: ({ cycle }) => number(cycle),
  attempt: ({ attempt }) => number(attempt),
  retryOf: ({ retryOf }) => number(retryOf),
  origin: ({ origin }) => text(origin),
  task: ({ task }) => number(task),
  context: ({ context }) => text(context),
  spe: ({ spe }) => number(spe),
  pc: ({ pc }) => number(pc),
  command: ({ command }) => text(command),
  ea: ({ ea }) => number(ea),
  access: ({ access }) => text(access),
  mapping: ({ mapping }) => text(mapping),
  handler: ({ handler }) => text(handler),
  handlerAnswer: ({ handlerAnswer }) => text(handlerAnswer),
  coreAnswer: ({ coreAnswer }) => text(coreAnswer?.name),
  coreValue: ({ coreAnswer }) => number(coreAnswer?.value),
  outcome: ({ outcome }) => text(outcome),
  waited: ({ waited }) => number(waited),
  interruptedBy: ({ interruptedBy }) => text(interruptedBy === undefined ? undefined : signalName(interruptedBy)),
  pte: ({ effect }) => text(effect.pte),
  signal: ({ effect: { signal } }) => text(signal && signalName(signal.number)),
  siCode: ({ effect: { signal } }) => number(signal?.code),
  siAddr: ({ effect: { signal } }) => number(signal?.address),
  killed: ({ effect }) => text(effect.killed),
};

export const FAULT_FIELDS: readonly string[] = Object.keys(FIELDS);

export function faultField(record: FaultRecord, name: string): Value | undefined {
  return Object.hasOwn(FIELDS, name) ? FIELDS[name]?.(record) : undefined;
}
