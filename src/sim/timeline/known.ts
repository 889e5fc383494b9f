/** What is left of the entries that the timeline has let go of: where each lane stood after them. */
import { ENTRY, type Entry } from './entry.ts';

export interface KnownLane {
  /** Text of its name. */
  name: number;
  /** What it does, as in the entry that said so; undefined where nothing has been said. */
  kind: number | undefined;
  detail: number;
}

export interface Known {
  /** Cycle from which on everything is known. */
  begin: number;
  readonly lanes: Map<number, KnownLane>;
}

export function newKnown(): Known {
  return { begin: 0, lanes: new Map() };
}

/** Takes in an entry that goes. */
export function settle({ lanes }: Known, { lane, kind, detail }: Readonly<Entry>): void {
  switch (kind) {
    case ENTRY.signal:
    case ENTRY.fault:
    case ENTRY.dma:
      return;
    case ENTRY.named:
    case ENTRY.created: {
      const known = lanes.get(lane);
      if (known) known.name = detail;
      else lanes.set(lane, { name: detail, kind: undefined, detail: 0 });
      return;
    }
    case ENTRY.ended:
    case ENTRY.gone:
      lanes.delete(lane);
      return;
    default: {
      const known = lanes.get(lane);
      if (!known) return;
      known.kind = kind;
      known.detail = detail;
    }
  }
}
