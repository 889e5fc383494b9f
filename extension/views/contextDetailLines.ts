/** The details of an SPE context as lines of the view. */
import * as vscode from 'vscode';
import type { ContextDetails, QueueTable } from '../../src/adapter/protocol.ts';
import type { Line } from './contextText.ts';

export function detailLines({ registers, channels, dma, proxyDma, events, decrementer, schedule, localStore, mapped, code }: ContextDetails): readonly Line[] {
  return [
    group('registers', vscode.l10n.t('Registers'), registers.map(({ name, value, memoryReference }) => ({ key: name, label: name, value, ...(memoryReference === undefined ? {} : { memoryReference }) }))),
    group('channels', vscode.l10n.t('Channels'), channels.map(({ name, number, count }) => ({ key: name, label: name, value: vscode.l10n.t('channel {0}, count {1}', number, count) }))),
    queue('dma', vscode.l10n.t('MFC queue (info spu dma)'), dma),
    queue('proxydma', vscode.l10n.t('MFC proxy queue (info spu proxydma)'), proxyDma),
    { key: 'events', label: vscode.l10n.t('Events'), value: vscode.l10n.t('status {0}, mask {1}', hex(events.pending), hex(events.mask)) },
    { key: 'decrementer', label: vscode.l10n.t('Decrementer'), value: decrementer.isRunning ? vscode.l10n.t('{0}, runs', hex(decrementer.value)) : vscode.l10n.t('{0}, stands still', hex(decrementer.value)) },
    {
      key: 'schedule', label: vscode.l10n.t('Scheduler'),
      value: vscode.l10n.t('priority {0} ({1}), {2} ticks left, switches: {3} voluntary, {4} involuntary', schedule.priority, schedule.policy, schedule.timeSlice, schedule.voluntarySwitches, schedule.involuntarySwitches),
    },
    { key: 'localStore', label: vscode.l10n.t('Local store'), value: localStore, memoryReference: localStore },
    group('mapped', vscode.l10n.t('Mapped'), mapped.map(({ name, task, start, end, pages, valid, memoryReference }) => ({
      key: `${task} ${start}`, label: name, value: vscode.l10n.t('{0}-{1} of task {2}, {3} of {4} PTEs valid', start, end, task, valid.length, pages), memoryReference,
      children: valid.map((page) => ({ key: page, label: page, value: vscode.l10n.t('valid PTE') })),
    }))),
    group('code', vscode.l10n.t('Code at the next instruction'), code.map(({ address, instruction, isNext, symbol }) => ({
      key: address, label: symbol === undefined ? address : `${address} <${symbol}>`, value: instruction, ...(isNext ? { icon: 'debug-stackframe' } : {}),
    }))),
  ];
}

function group(key: string, label: string, children: readonly Line[]): Line {
  return { key, label, value: children.length === 0 ? vscode.l10n.t('none') : String(children.length), children };
}

function queue(key: string, label: string, { columns, rows }: QueueTable): Line {
  return group(key, label, rows.map((cells, index) => ({
    key: String(index), label: cells[0] ?? '', value: cells.map((cell, column) => ({ cell, title: columns[column] ?? '' })).filter(({ cell }, column) => column > 0 && cell !== '').map(({ cell, title }) => `${title} ${cell}`).join('  '),
  })));
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
