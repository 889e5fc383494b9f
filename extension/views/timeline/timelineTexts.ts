import * as vscode from 'vscode';
import { SEVERITY } from '../../../src/adapter/timelineProtocol.ts';
import type { Texts } from '../../webview/texts.ts';
import { outcomeWords } from '../faultText.ts';

/** Texts of the timeline's page, and of the pictures that are made of it. */
export function timelineTexts(): Texts {
  return { ...pageTexts(), ...itemTexts(), ...legendTexts() };
}

function pageTexts(): Texts {
  return {
    tools: vscode.l10n.t('Timeline'),
    lanes: vscode.l10n.t('Timeline. Left and Right go from event to event, Up and Down from lane to lane, plus and minus zoom, Enter opens a fault.'),
    zoomIn: vscode.l10n.t('Zoom In'),
    zoomOut: vscode.l10n.t('Zoom Out'),
    fit: vscode.l10n.t('Show All'),
    follow: vscode.l10n.t('Follow'),
    followHelp: vscode.l10n.t('Keeps now in sight while the program runs'),
    unit: vscode.l10n.t('Cycles'),
    unitHelp: vscode.l10n.t('Counts time in cycles'),
    table: vscode.l10n.t('Show as Table'),
    export: vscode.l10n.t('Export as SVG...'),
    zoomSelection: vscode.l10n.t('Zoom to Selection'),
    window: vscode.l10n.t('{0} to {1} ({2})'),
    selected: vscode.l10n.t('Selected: {0} to {1} ({2}), {3} faults'),
    ended: vscode.l10n.t('The program has ended. This is what it left.'),
    begins: vscode.l10n.t('What was before {0} is not known any more.'),
    tableCaption: vscode.l10n.t('What happened from {0} to {1}'),
    tableRest: vscode.l10n.t('{0} more are not shown: zoom in to see them.'),
    columnTime: vscode.l10n.t('Begin'),
    columnLength: vscode.l10n.t('Length'),
    columnLane: vscode.l10n.t('Lane'),
    columnWhat: vscode.l10n.t('What'),
    legend: vscode.l10n.t('Legend'),
    thread: vscode.l10n.t('Go to where {0} is'),
    laneSummary: vscode.l10n.t('{0}: {1} spans, {2} marks'),
    noMore: vscode.l10n.t('Nothing more in this lane.'),
  };
}

function itemTexts(): Texts {
  return {
    cycle: vscode.l10n.t('cycle {0}'),
    cycles: vscode.l10n.t('{0} cycles'),
    goesOn: vscode.l10n.t('{0} so far'),
    doingWhat: vscode.l10n.t('{0}: {1}'),
    manySpans: vscode.l10n.t('{0} short spans'),
    andMore: vscode.l10n.t('{0} and {1} more'),
    faultMark: vscode.l10n.t('fault {0}'),
    signalMark: vscode.l10n.t('signal {0}'),
    dmaMark: vscode.l10n.t('DMA {0}'),
    itemAt: vscode.l10n.t('{0}: {1}, at {2}'),
    itemFor: vscode.l10n.t('{0}: {1}, at {2}, for {3}'),
  };
}

function legendTexts(): Texts {
  const outcomes = Object.fromEntries(SEVERITY.map((outcome) => [`${outcome}Help`, outcomeWords(outcome)]));
  return {
    ...outcomes,
    cpu: vscode.l10n.t('Processors'),
    spe: vscode.l10n.t('SPEs'),
    task: vscode.l10n.t('Tasks'),
    context: vscode.l10n.t('SPE Contexts'),
    running: vscode.l10n.t('running'),
    kernel: vscode.l10n.t('in the kernel'),
    ready: vscode.l10n.t('ready'),
    waiting: vscode.l10n.t('waiting'),
    stopped: vscode.l10n.t('stopped'),
    many: vscode.l10n.t('several'),
    dma: vscode.l10n.t('DMA'),
    signal: vscode.l10n.t('signal'),
  };
}
