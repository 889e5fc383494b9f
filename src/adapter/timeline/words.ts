/** What spans and marks of the timeline say. */
import { type KnownTrails, readFault } from '../../sim/kernel/fault/log.ts';
import { mfcCommandName } from '../../sim/kernel/fault/mfcCommandName.ts';
import type { FaultLog } from '../../sim/kernel/fault/state.ts';
import { signalName } from '../../sim/kernel/signal/numbers.ts';
import { CHANNEL } from '../../sim/spe/assemblerNames.ts';
import { isList, kindOf } from '../../sim/spe/mfcCommand.ts';
import { commandOf, ENTRY, LOW_BITS } from '../../sim/timeline/entry.ts';
import type { TimelineLog } from '../../sim/timeline/log.ts';
import type { TimelineDoing, TimelineMark } from '../timelineProtocol.ts';
import { effectiveAddress } from '../views/contextRows.ts';
import type { Mark, Marks } from './laneMarks.ts';

const LOW_MASK = (1 << LOW_BITS) - 1;
const CHANNEL_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(CHANNEL).map(([name, number]) => [number, name]));

/** What an entry's kind is to who looks; of kinds that are nothing to look at, nothing. */
const DOING: Readonly<Partial<Record<number, TimelineDoing>>> = {
  [ENTRY.user]: 'running', [ENTRY.kernel]: 'kernel', [ENTRY.ready]: 'ready', [ENTRY.waits]: 'waiting',
  [ENTRY.spuRuns]: 'running', [ENTRY.spuWaits]: 'waiting', [ENTRY.spuStopped]: 'stopped', [ENTRY.wantsSpe]: 'ready',
};

export function doingOf(kind: number): TimelineDoing | undefined {
  return DOING[kind];
}

/** Of a task or a context: where it is, or what it waits for. */
export function ownWords(kind: number, detail: number, log: Pick<TimelineLog, 'text'>): string | undefined {
  switch (kind) {
    case ENTRY.user:
    case ENTRY.kernel: return `on CPU ${String(detail)}`;
    case ENTRY.waits: return log.text(detail);
    case ENTRY.spuRuns:
    case ENTRY.spuStopped: return `on SPE ${String(detail)}`;
    case ENTRY.spuWaits: return `on SPE ${String(detail & LOW_MASK)}, for ${channelName(detail >>> LOW_BITS)}`;
    case ENTRY.wantsSpe: return 'for an SPE';
    default: return undefined;
  }
}

export function markWords(log: FaultLog, { faults, signals, commands }: Marks): TimelineMark[] {
  const trails: KnownTrails = new Map();
  return [
    ...faults.flatMap(({ at, to, detail, count }): TimelineMark[] => {
      const record = readFault(log, detail, trails);
      if (!record) return [];
      const { outcome, ea, access, mapping } = record;
      return [{ kind: 'fault', at, to, fault: detail, outcome, what: `${outcome} ${access} 0x${ea.toString(16)}${mapping === '' ? '' : ` ${mapping}`}`, count }];
    }),
    ...signals.map(({ at, detail, count }): TimelineMark => ({ kind: 'signal', at, what: signalName(detail), count })),
    ...commands.map((mark): TimelineMark => ({
      kind: 'dma', at: mark.at, ...(mark.to === undefined ? {} : { to: mark.to }), what: commandWords(mark), count: mark.count,
    })),
  ].sort((one, other) => one.at - other.at);
}

/** `get 16384 bytes 0x10000400 tag 3`. */
function commandWords({ detail, eaHigh, eaLow }: Mark): string {
  const command = commandOf(detail);
  const { opcode, tag, size } = command;
  const place = isList(command) ? ` by a list at 0x${eaLow.toString(16)}`
    : kindOf(command) === 'order' ? '' : ` ${String(size)} bytes 0x${effectiveAddress({ eaHigh, eaLow }).toString(16)}`;
  return `${mfcCommandName(opcode)}${place} tag ${String(tag)}`;
}

function channelName(channel: number): string {
  return CHANNEL_NAMES.get(channel) ?? `channel ${String(channel)}`;
}
