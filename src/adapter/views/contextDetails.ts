/** Everything of one SPE context, for the view that shows it. */
import { pagesWithEntries } from '../../sim/kernel/mm/pages.ts';
import { isPresent } from '../../sim/kernel/mm/pte.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { floatOf } from '../../sim/program/floatBits.ts';
import { CHANNEL } from '../../sim/spe/assemblerNames.ts';
import { channelCount } from '../../sim/spe/channels.ts';
import { readDecrementer } from '../../sim/spe/decrementer.ts';
import { SPU_REGISTER_GROUPS } from '../../sim/spe/registerNames.ts';
import { DMA_COLUMNS, queueCells } from '../console/infoSpu.ts';
import { spuCell } from '../evaluate/registerPlaces.ts';
import { disassemble } from '../memory/disassembly.ts';
import { referenceOf } from '../memory/reference.ts';
import type { ContextDetails, ContextMapping, QueueTable, RegisterFormat } from '../protocol.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { spuPc } from '../stack/spuFrames.ts';
import { hex } from '../variables/format.ts';
import { formatFloat } from '../variables/numberText.ts';

const ROWS_BEFORE = 4;
const ROWS = 12;
const INSTRUCTION = 4;
const LOCAL_STORE_MASK = 0x3ffff;
const VECTOR_BITS = 128;
const LANE_BITS = { bytes: 8, halfwords: 16, words: 32, doublewords: 64, float: 32, double: 64 } as const;

export function contextDetails(debuggee: Debuggee, context: SpuContext, format: RegisterFormat, client: Parameters<typeof disassemble>[3]): ContextDetails {
  const { machine } = debuggee;
  const spe = machine.spe(context);
  const { events, decrementer, mfc } = spe.state;
  const { schedule, statistics } = context;
  const space = { kind: 'ls', context: context.name } as const;
  const npc = spuPc(machine, context);
  const rows = disassemble(debuggee, { space, address: npc - ROWS_BEFORE * INSTRUCTION }, ROWS, client) ?? [];
  return {
    registers: SPU_REGISTER_GROUPS.flatMap(({ registers }) => registers.map((register) => {
      const value = spuCell(spe, register, false).get();
      const pointed = Number((register.bits === VECTOR_BITS ? value >> 96n : value) & BigInt(LOCAL_STORE_MASK));
      return {
        name: register.name, value: register.bits === VECTOR_BITS ? laneText(value, format) : hex(value, 5),
        ...(register.kind === 'bits' ? {} : { memoryReference: referenceOf({ space, address: pointed }) }),
      };
    })),
    channels: Object.entries(CHANNEL).map(([name, number]) => ({ name, number, count: channelCount(spe, number) })),
    dma: queueTable([...mfc.queues.spu.commands, ...mfc.queues.atomic.commands]),
    proxyDma: queueTable(mfc.queues.proxy.commands),
    events: { pending: events.pending >>> 0, mask: events.mask >>> 0 },
    decrementer: { value: readDecrementer(spe, machine.cycle) >>> 0, isRunning: decrementer.running },
    schedule: {
      priority: schedule.priority, policy: schedule.policy, timeSlice: schedule.timeSlice,
      voluntarySwitches: statistics.voluntarySwitches, involuntarySwitches: statistics.involuntarySwitches,
    },
    localStore: referenceOf({ space, address: 0 }),
    mapped: mappedOf(machine, context),
    code: rows.map(({ address, instruction, symbol }) => ({ address, instruction, isNext: Number(address) === npc, ...(symbol === undefined ? {} : { symbol }) })),
  };
}

/** `3f80 0000 ...`, leftmost lane first. */
function laneText(value: bigint, { lanes, decimal }: RegisterFormat): string {
  const bits = LANE_BITS[lanes];
  return Array.from({ length: VECTOR_BITS / bits }, (_, lane) => {
    const part = BigInt.asUintN(bits, value >> BigInt(VECTOR_BITS - bits * (lane + 1)));
    if (lanes === 'float') return formatFloat(floatOf(part, 4));
    if (lanes === 'double') return formatFloat(floatOf(part, 8));
    return decimal ? String(part) : part.toString(16).padStart(bits / 4, '0');
  }).join(' ');
}

function queueTable(commands: Parameters<typeof queueCells>[0][]): QueueTable {
  return { columns: DMA_COLUMNS.map(({ title }) => title), rows: commands.map(queueCells) };
}

/** Its files in address spaces: each address space once, whatever the number of its threads. */
function mappedOf({ state, kernel, configuration: { pageBytes } }: Machine, context: SpuContext): ContextMapping[] {
  const spaces = new Map([...state.tasks.values()].reverse().map((task) => [task.mm, task.tid]));
  return [...spaces].flatMap(([mm, task]) => mm.vmas.filter((vma) => vma.context === context).map(({ name, start, end }): ContextMapping => ({
    name, task, start: hex(start), end: hex(end), pages: (end - start) / pageBytes,
    valid: pagesWithEntries(kernel, mm, start, end).filter((page) => isPresent(mm.pages.get(page) ?? 0)).map((page) => hex(page * pageBytes)),
    memoryReference: referenceOf({ space: { kind: 'ea', tid: task }, address: start }),
  })));
}
