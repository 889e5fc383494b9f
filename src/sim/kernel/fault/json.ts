/** A fault record as JSON (design, section 10): numbers as numbers, addresses as `"0x..."`, null for what does not apply. */
import { signalName } from '../signal/numbers.ts';
import type { FaultRecord, TrailStep } from './state.ts';

/** Where the faulting instruction comes from, as the program's symbols and line table say. */
export interface FaultPlace {
  /** `main+0x14`. */
  readonly symbol: string | undefined;
  /** `retry.s:31`. */
  readonly source: string | undefined;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Writes records as JSON texts. Records that share their trail, as those of one reader do, have its text made once. */
export class FaultTexts {
  private readonly trails = new Map<readonly TrailStep[], string>();

  of(record: FaultRecord, place: FaultPlace): string {
    return `${JSON.stringify(withoutTrail(record, place)).slice(0, -1)},"trail":${this.trailText(record.trail)}}`;
  }

  private trailText(trail: readonly TrailStep[]): string {
    let text = this.trails.get(trail);
    if (text === undefined) {
      text = JSON.stringify(stepsOf(trail));
      this.trails.set(trail, text);
    }
    return text;
  }
}

/** A record as the value that its text stands for. */
export function faultJson(record: FaultRecord, place: FaultPlace): Readonly<Record<string, JsonValue>> {
  return { ...withoutTrail(record, place), trail: stepsOf(record.trail) };
}

function stepsOf(trail: readonly TrailStep[]): readonly string[] {
  return trail.map(({ path, step }) => `${path}:${String(step)}`);
}

function withoutTrail(record: FaultRecord, { symbol, source }: FaultPlace): Readonly<Record<string, JsonValue>> {
  const { effect, coreAnswer, interruptedBy } = record;
  return {
    id: record.id,
    cycle: record.cycle,
    attempt: record.attempt,
    retryOf: record.retryOf ?? null,
    origin: record.origin,
    task: record.task,
    context: record.context ?? null,
    spe: record.spe ?? null,
    pc: hex(record.pc),
    symbol: symbol ?? null,
    source: source ?? null,
    command: record.command ?? null,
    tag: record.tag ?? null,
    ea: hex(record.ea),
    access: record.access,
    mapping: record.mapping,
    handler: record.handler,
    handlerAnswer: record.handlerAnswer,
    coreAnswer: coreAnswer ? { name: coreAnswer.name, value: coreAnswer.value } : null,
    outcome: record.outcome,
    waited: record.waited,
    interruptedBy: interruptedBy === undefined ? null : signalName(interruptedBy),
    effect: {
      pte: effect.pte,
      signal: effect.signal
        ? { name: signalName(effect.signal.number), siCode: effect.signal.code, siAddr: hex(effect.signal.address) }
        : null,
      killed: effect.killed ?? null,
      counters: effect.counters,
    },
  };
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
