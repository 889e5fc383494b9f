/** A translation step by step, in the order in which the hardware goes. */
import * as vscode from 'vscode';
import type { HashEntry, PteRow, TranslateResponse } from '../../../src/adapter/memoryProtocol.ts';
import type { Line } from '../contextText.ts';

export function translationLabel({ ea, unit }: TranslateResponse): string {
  return unit.kind === 'ppe' ? vscode.l10n.t('{0} for the PPE', ea) : vscode.l10n.t('{0} for the MFC', ea);
}

export function translationSummary({ next, real }: TranslateResponse): string {
  switch (next) {
    case 'translated': return vscode.l10n.t('real address {0}', real ?? '');
    case 'segment miss': return vscode.l10n.t('the next access misses the segment');
    case 'hash-table miss': return vscode.l10n.t('the next access fills the hashed page table from the PTE');
    case 'page fault': return vscode.l10n.t('the next access is a page fault');
  }
}

export function translationLines(found: TranslateResponse): readonly Line[] {
  const { unit, slbEntry, entry, pte } = found;
  return [
    { key: 'mapping', label: vscode.l10n.t('Mapping'), value: found.mapping ?? vscode.l10n.t('none') },
    { key: 'segment', label: vscode.l10n.t('Segment'), value: vscode.l10n.t('ESID {0} = EA >> 28', found.esid) },
    { key: 'slb', label: vscode.l10n.t('SLB'), value: slbEntry === undefined ? unit.number === undefined ? noUnit(unit.kind) : vscode.l10n.t('no entry: a segment miss') : vscode.l10n.t('entry {0}', slbEntry) },
    { key: 'vsid', label: vscode.l10n.t('VSID'), value: vscode.l10n.t('{0} = ({1} << 16 | ESID) * 200730139 mod (2^36 - 1)', found.vsid, `0x${found.contextId.toString(16)}`) },
    { key: 'virtual', label: vscode.l10n.t('Virtual address'), value: found.virtual },
    { key: 'hash', label: vscode.l10n.t('Hash'), value: vscode.l10n.t('{0} = VSID xor page {1} of the segment', found.hash, found.pageIndex) },
    { key: 'groups', label: vscode.l10n.t('PTEGs'), value: vscode.l10n.t('primary {0}, secondary {1}', found.primaryGroup, found.secondaryGroup) },
    { key: 'entry', label: vscode.l10n.t('HPTE'), value: entry ? entryText(entry) : vscode.l10n.t('in neither group') },
    { key: 'pte', label: vscode.l10n.t('Linux PTE'), value: pte ? pteText(pte) : vscode.l10n.t('none') },
    { key: 'tlb', label: vscode.l10n.t('TLB'), value: tlbText(found.tlb) },
    { key: 'real', label: vscode.l10n.t('Real address'), value: found.real ?? vscode.l10n.t('none'), ...(found.memoryReference === undefined ? {} : { memoryReference: found.memoryReference }) },
  ];
}

export function entryText({ group, slot, isSecondary, v, r }: HashEntry): string {
  return isSecondary ? vscode.l10n.t('slot {0} of PTEG {1}, secondary: V {2} R {3}', slot, group, v, r) : vscode.l10n.t('slot {0} of PTEG {1}: V {2} R {3}', slot, group, v, r);
}

export function pteText({ isPresent, real, flags }: PteRow): string {
  return isPresent ? `${real} ${flags.join(' ')}` : vscode.l10n.t('not present {0}', flags.join(' '));
}

export function tlbText(tlb: TranslateResponse['tlb']): string {
  return tlb.length === 0 ? vscode.l10n.t('not there') : tlb.join(', ');
}

function noUnit(kind: TranslateResponse['unit']['kind']): string {
  return kind === 'ppe' ? vscode.l10n.t('the task is on no PPE thread') : vscode.l10n.t('the context is on no SPE');
}
