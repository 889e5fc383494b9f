/** What there is to see of an SPE context besides its registers. */
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { CHANNEL } from '../../sim/spe/assemblerNames.ts';
import { readDecrementer } from '../../sim/spe/decrementer.ts';
import { freePlaces } from '../../sim/spe/mfcQueue.ts';
import type { Spe } from '../../sim/spe/spe.ts';
import type { ContextRow, MfcCommand } from '../protocol.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { contextRow } from '../views/contextRows.ts';
import { type Container, namedRows, numberedRows, type Row } from './container.ts';
import { formatInteger, hex, type NumberFormat } from './format.ts';

const text = (name: string, value: string): Row => ({ name, value, readOnly: true });
const word = (name: string, value: number | bigint, format: NumberFormat): Row => text(name, formatInteger(BigInt(value), format));

export function contextContainer(debuggee: Debuggee, context: SpuContext): Container {
  return namedRows((format) => {
    const row = contextRow(debuggee, context);
    return [
      text('state', row.state),
      text('spe', row.spe === undefined ? 'none' : String(row.spe)),
      ...(row.queuePlace === undefined ? [] : [text('queuePlace', String(row.queuePlace))]),
      ...(row.waited === undefined ? [] : [text('waited', `${String(row.waited)} cycles for an SPE, at most ${String(row.longestWait ?? row.waited)} at a time`)]),
      text('npc', row.symbol === undefined ? hex(row.npc) : `${hex(row.npc)} <${row.symbol}>`),
      text('status', `${formatInteger(BigInt(row.status), format)} ${row.statusText}`),
      ...row.signals.map(({ name, value, mode }) => text(name, `${value === undefined ? 'nothing pending' : formatInteger(BigInt(value), format)} (${mode})`)),
      words('inbound mailbox', row.mailboxes.inbound),
      words('outbound mailbox', row.mailboxes.outbound),
      words('outbound interrupt mailbox', row.mailboxes.outboundInterrupt),
      listOf('waiters', row.waiters, ({ name, reason }) => ({ name, value: reason })),
      text('faults', Object.entries(row.faults).map(([outcome, count]) => `${String(count)} ${outcome}`).join(', ') || 'none'),
    ];
  });
}

export function mfcContainer(debuggee: Debuggee, context: SpuContext): Container {
  return namedRows((format) => {
    const row: ContextRow = contextRow(debuggee, context);
    const { mfc } = debuggee.machine.spe(context).state;
    return [
      listOf('queue', row.mfcQueue, commandRow),
      listOf('proxy queue', row.proxyQueue, commandRow),
      word('tag query mask', row.tagGroups.queryMask, format),
      word('tags outstanding', row.tagGroups.outstanding, format),
      text('tag update', row.tagGroups.update ?? 'none'),
      word('lists stalled', mfc.stalledTags, format),
      text('lock line', mfc.reservation === undefined ? 'not reserved' : 'reserved'),
      mfc.atomicStatus === undefined ? text('atomic status', 'none') : word('atomic status', mfc.atomicStatus, format),
      word('DAR', mfc.dar, format),
      word('DSISR', mfc.dsisr >>> 0, format),
      text('suspended', String(mfc.suspended)),
    ];
  });
}

/** Channels by name: the count, and what a read would give where reading is free of effects. */
export function channelContainer(machine: Machine, context: SpuContext): Container {
  return namedRows((format) => {
    const spe = machine.spe(context);
    return Object.entries(CHANNEL).map(([name, channel]) => {
      const { count, value } = channelState(machine, spe, channel);
      return text(name, value === undefined ? `count ${String(count)}` : `${formatInteger(BigInt(value >>> 0), format)}, count ${String(count)}`);
    });
  });
}

function channelState(machine: Machine, spe: Spe, channel: number): { readonly count: number; readonly value?: number } {
  const { mailboxes, signals, events, mfc, decrementer } = spe.state;
  const { parameters, tags } = mfc;
  const filled = (value: number | undefined): { count: number; value?: number } => (value === undefined ? { count: 0 } : { count: 1, value });
  switch (channel) {
    case CHANNEL.SPU_RdEventStat: return { count: events.count, value: events.pending & events.mask };
    case CHANNEL.SPU_RdEventMask:
    case CHANNEL.SPU_WrEventMask:
      return { count: 1, value: events.mask };
    case CHANNEL.SPU_RdSigNotify1: return filled(signals[0].pending ? signals[0].value : undefined);
    case CHANNEL.SPU_RdSigNotify2: return filled(signals[1].pending ? signals[1].value : undefined);
    case CHANNEL.SPU_RdDec: return { count: 1, value: readDecrementer(spe, Math.max(machine.cycle, decrementer.since)) };
    case CHANNEL.SPU_RdMachStat: return { count: 1, value: spe.registers.interruptsEnabled ? 1 : 0 };
    case CHANNEL.SPU_RdSRR0: return { count: 1, value: spe.registers.srr0 };
    case CHANNEL.MFC_LSA: return { count: 1, value: parameters.lsa };
    case CHANNEL.MFC_EAH: return { count: 1, value: parameters.eaHigh };
    case CHANNEL.MFC_EAL: return { count: 1, value: parameters.eaLow };
    case CHANNEL.MFC_Size: return { count: 1, value: parameters.size };
    case CHANNEL.MFC_TagID: return { count: 1, value: parameters.tag };
    case CHANNEL.MFC_Cmd: return { count: freePlaces(spe, 'spu') };
    case CHANNEL.MFC_RdTagMask: return { count: 1, value: tags.mask };
    case CHANNEL.MFC_RdTagStat: return filled(tags.status);
    case CHANNEL.MFC_RdListStallStat: return filled(mfc.stalledTags === 0 ? undefined : mfc.stalledTags);
    case CHANNEL.MFC_RdAtomicStat: return filled(mfc.atomicStatus);
    case CHANNEL.SPU_RdInMbox: return { count: mailboxes.inbound.length, ...(mailboxes.inbound[0] === undefined ? {} : { value: mailboxes.inbound[0] }) };
    case CHANNEL.SPU_WrOutMbox: return { count: 1 - mailboxes.outbound.length };
    case CHANNEL.SPU_WrOutIntrMbox: return { count: 1 - mailboxes.outboundInterrupt.length };
    default: return { count: 1 };
  }
}

function words(name: string, values: readonly number[]): Row {
  const row = (index: number, format: NumberFormat): Row => word(`[${String(index)}]`, values[index] ?? 0, format);
  return { ...text(name, values.length === 0 ? 'empty' : values.map((value) => hex(value, 8)).join(' ')), ...(values.length > 0 ? { children: numberedRows(values.length, row) } : {}) };
}

function listOf<T>(name: string, items: readonly T[], show: (item: T) => { readonly name: string; readonly value: string }): Row {
  if (items.length === 0) return text(name, 'none');
  return { ...text(name, String(items.length)), children: namedRows(() => items.map((item) => ({ ...show(item), readOnly: true }))) };
}

function commandRow({ command, tag, localStore, ea, size, moved, list, stalled }: MfcCommand): { readonly name: string; readonly value: string } {
  const state = stalled === undefined ? '' : `, stopped: ${stalled}`;
  const rest = list === undefined ? '' : `, ${String(list.elements)} more in the list at ${hex(list.address)}`;
  return { name: `${command} tag ${String(tag)}`, value: `${String(moved)} of ${String(size)} bytes, local store ${hex(localStore)}, EA ${ea}${rest}${state}` };
}
