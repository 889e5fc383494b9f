/** A fault record in words and an icon. */
import * as vscode from 'vscode';
import type { FaultGroupRow, FaultRow } from '../../src/adapter/protocol.ts';

type Outcome = FaultRow['outcome'];

const icons: Readonly<Record<Outcome, readonly [icon: string, color: string]>> = {
  RETRY: ['sync', 'charts.blue'],
  MINOR: ['pass', 'charts.green'],
  MAJOR: ['cloud-download', 'charts.yellow'],
  SIGBUS: ['error', 'charts.red'],
  OOM: ['flame', 'charts.red'],
  SIGSEGV: ['circle-slash', 'charts.red'],
};

/** A livelock stands out among the faults that it consists of. */
const livelockIcon = ['warning', 'charts.orange'] as const;

export function outcomeIcon(fault: Pick<FaultRow, 'outcome' | 'livelock'>): vscode.ThemeIcon {
  const [icon] = iconOf(fault);
  return new vscode.ThemeIcon(icon, outcomeColor(fault));
}

export function outcomeColor(fault: Pick<FaultRow, 'outcome' | 'livelock'>): vscode.ThemeColor {
  const [, color] = iconOf(fault);
  return new vscode.ThemeColor(color);
}

function iconOf({ outcome, livelock }: Pick<FaultRow, 'outcome' | 'livelock'>): readonly [icon: string, color: string] {
  return livelock ? livelockIcon : icons[outcome];
}

export function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'RETRY': return vscode.l10n.t('the access is taken again');
    case 'MINOR': return vscode.l10n.t('served without input');
    case 'MAJOR': return vscode.l10n.t('served after input');
    case 'SIGBUS': return vscode.l10n.t('nothing to map there');
    case 'OOM': return vscode.l10n.t('out of memory');
    case 'SIGSEGV': return vscode.l10n.t('not allowed');
  }
}

/** `RETRY  write 0xf7fe4000`. */
export function faultLabel(row: FaultRow): string {
  return `${row.outcome} ${accessWord(row)} ${row.ea}`;
}

/** `/spu/worker/signal1 at touch+0x8, the access is taken again`. */
export function faultDescription(row: FaultRow): string {
  const where = vscode.l10n.t('{0} at {1}', row.mapping, row.symbol ?? row.pc);
  const words = row.livelock ? vscode.l10n.t('livelock, attempt {0}: nothing changes', row.attempt) : outcomeWords(row.outcome);
  return `${where}, ${words}`;
}

/** What a mapping is called: an address may be in none. */
export function mappingName(mapping: string): string {
  return mapping === '' ? vscode.l10n.t('no mapping') : mapping;
}

export function faultCount(faults: number): string {
  return faults === 1 ? vscode.l10n.t('1 fault') : vscode.l10n.t('{0} faults', faults);
}

/** `5 faults: RETRY 3, MINOR 2`. */
export function groupDescription({ faults, outcomes }: FaultGroupRow): string {
  return `${faultCount(faults)}: ${Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${String(count)}`).join(', ')}`;
}

/** What the group has in common: `/tmp/data`, `touch+0x8`, or for an SPE `worker: loop+0x4`. */
export function groupLabel({ newest, filter }: FaultGroupRow): string {
  if (!filter.instruction) return mappingName(newest.mapping);
  const instruction = newest.symbol ?? newest.pc;
  return filter.instruction.context === undefined ? instruction : `${filter.instruction.context}: ${instruction}`;
}

export function faultTooltip(row: FaultRow): vscode.MarkdownString {
  const rows: [string, string | undefined][] = [
    [vscode.l10n.t('Task'), row.task],
    [vscode.l10n.t('SPE context'), row.spe === undefined ? row.context : `${row.context ?? ''} (SPE ${row.spe})`],
    [vscode.l10n.t('Instruction'), row.symbol === undefined ? row.pc : `${row.pc} ${row.symbol}`],
    [vscode.l10n.t('MFC command'), row.command],
    [vscode.l10n.t('Handler'), row.handler],
    [vscode.l10n.t('The handler said'), row.handlerAnswer],
    [vscode.l10n.t('The core said'), row.coreAnswer],
    [vscode.l10n.t('PTE installed by'), row.pte],
    [vscode.l10n.t('Signal'), row.signal],
    [vscode.l10n.t('Killed'), row.killed],
    [vscode.l10n.t('Waited'), row.waited === 0 ? undefined : vscode.l10n.t('{0} cycles', row.waited)],
    [vscode.l10n.t('Interrupted by'), row.interruptedBy],
    [vscode.l10n.t('Attempt'), row.retryOf === undefined ? String(row.attempt) : vscode.l10n.t('{0}, repeats fault {1}', row.attempt, row.retryOf)],
    [vscode.l10n.t('Cycle'), String(row.cycle)],
  ];
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${vscode.l10n.t('Fault {0}', row.id)}** `);
  text.appendText(`${faultLabel(row)}: ${outcomeWords(row.outcome)}`);
  text.appendMarkdown('\n\n| | |\n|---|---|\n');
  for (const [name, value] of rows) {
    if (value !== undefined) text.appendMarkdown(`| ${name} | \`${value.replaceAll('`', "'").replaceAll('|', '/')}\` |\n`);
  }
  return text;
}

function accessWord(row: FaultRow): string {
  switch (row.access) {
    case 'read': return vscode.l10n.t('read');
    case 'write': return vscode.l10n.t('write');
    case 'execute': return vscode.l10n.t('execute');
  }
}
