/** An SPE context as a small tree of words. */
import * as vscode from 'vscode';
import type { ContextRow, MfcCommand } from '../../src/adapter/protocol.ts';

/** A line of the view; `key` is unique among its siblings and the same at every stop. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly icon?: string;
  readonly memoryReference?: string;
  readonly children?: readonly Line[];
}

/** `RUNNABLE on SPE 0, running, 1 waiting`. */
export function contextSummary(context: ContextRow): string {
  const { waiters } = context;
  return [placeOf(context), ...(context.state === 'DESTROYED' ? [] : [context.statusText]), ...(waiters.length > 0 ? [vscode.l10n.t('{0} waiting', waiters.length)] : [])].join(', ');
}

function placeOf(context: ContextRow): string {
  if (context.spe !== undefined) return vscode.l10n.t('{0} on SPE {1}', context.state, context.spe);
  if (context.queuePlace !== undefined) return vscode.l10n.t('{0}, place {1} in the queue', context.state, context.queuePlace);
  return context.state;
}

export function contextLines(context: ContextRow): readonly Line[] {
  const none = vscode.l10n.t('none');
  const { mailboxes, tagGroups } = context;
  return [
    { key: 'state', label: vscode.l10n.t('State'), value: context.state },
    { key: 'spe', label: vscode.l10n.t('Physical SPE'), value: context.spe === undefined ? none : String(context.spe) },
    { key: 'queue', label: vscode.l10n.t('Place in the run queue'), value: context.queuePlace === undefined ? none : String(context.queuePlace) },
    { key: 'waited', label: vscode.l10n.t('Cycles without an SPE'), value: String(context.waited ?? 0) },
    { key: 'npc', label: vscode.l10n.t('Next instruction'), value: context.symbol === undefined ? hex(context.npc, 5) : `${hex(context.npc, 5)} ${context.symbol}` },
    { key: 'status', label: vscode.l10n.t('Status'), value: `${hex(context.status, 8)} ${context.statusText}` },
    {
      key: 'mailboxes',
      label: vscode.l10n.t('Mailboxes'),
      value: vscode.l10n.t('{0} in, {1} out, {2} interrupting', mailboxes.inbound.length, mailboxes.outbound.length, mailboxes.outboundInterrupt.length),
      children: [
        { key: 'inbound', label: vscode.l10n.t('Inbound'), value: words(mailboxes.inbound) },
        { key: 'outbound', label: vscode.l10n.t('Outbound'), value: words(mailboxes.outbound) },
        { key: 'interrupt', label: vscode.l10n.t('Outbound interrupt'), value: words(mailboxes.outboundInterrupt) },
      ],
    },
    ...context.signals.map((signal): Line => ({
      key: signal.name,
      label: signal.name,
      value: `${signal.value === undefined ? vscode.l10n.t('nothing pending') : hex(signal.value, 8)} (${signal.mode})`,
    })),
    { key: 'tags', label: vscode.l10n.t('Tag groups'), value: tagText(tagGroups) },
    commands('mfc', vscode.l10n.t('MFC queue'), context.mfcQueue),
    commands('proxy', vscode.l10n.t('MFC proxy queue'), context.proxyQueue),
    {
      key: 'waiters',
      label: vscode.l10n.t('Waiting for it'),
      value: context.waiters.length === 0 ? none : String(context.waiters.length),
      children: context.waiters.map((waiter) => ({ key: String(waiter.task), label: `${waiter.task} ${waiter.name}`, value: waiter.reason, icon: 'person' })),
    },
    { key: 'faults', label: vscode.l10n.t('Page faults'), value: faultCounts(context) },
  ];
}

function tagText({ queryMask, outstanding, update }: ContextRow['tagGroups']): string {
  const text = vscode.l10n.t('outstanding {0}, query mask {1}', hex(outstanding, 8), hex(queryMask, 8));
  return update === undefined ? text : `${text}, ${vscode.l10n.t('waiting for {0}', update)}`;
}

function commands(key: string, label: string, queue: readonly MfcCommand[]): Line {
  return {
    key,
    label,
    value: queue.length === 0 ? vscode.l10n.t('empty') : String(queue.length),
    children: queue.map((command, index) => ({
      key: String(index),
      label: vscode.l10n.t('{0} tag {1}', command.command, command.tag),
      value: commandText(command),
      icon: command.stalled === undefined ? 'arrow-swap' : 'watch',
    })),
  };
}

function commandText({ moved, size, localStore, ea, list, stalled }: MfcCommand): string {
  return [
    vscode.l10n.t('{0} of {1} bytes, local store {2}, EA {3}', moved, size, hex(localStore, 5), ea),
    ...(list ? [vscode.l10n.t('{0} more in the list at {1}', list.elements, hex(list.address, 5))] : []),
    ...(stalled === undefined ? [] : [stalled]),
  ].join(', ');
}

function faultCounts(context: ContextRow): string {
  const counts = Object.entries(context.faults).filter(([, count]) => count > 0).map(([outcome, count]) => `${count} ${outcome}`);
  return counts.length === 0 ? vscode.l10n.t('none') : counts.join(', ');
}

function words(values: readonly number[]): string {
  return values.length === 0 ? vscode.l10n.t('empty') : values.map((value) => hex(value, 8)).join(' ');
}

function hex(value: number, digits: number): string {
  return `0x${(value >>> 0).toString(16).padStart(digits, '0')}`;
}
