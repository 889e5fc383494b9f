/** Which faults the view "Page Faults" shows and how it groups them: chosen in quick picks, kept with the workspace. */
import * as vscode from 'vscode';
import type { FaultFilter, FaultGroupRow, FaultRow } from '../../src/adapter/protocol.ts';
import { faultCount, mappingName, outcomeWords } from './faultText.ts';
import type { Records } from './records.ts';

export type Grouping = 'none' | 'instruction' | 'mapping';

const FILTER_KEY = 'refault.faultFilter';
const GROUPING_KEY = 'refault.faultGrouping';
/** Tasks and mappings that the choice offers. */
const MOST_OFFERED = 1000;
const OUTCOMES: readonly FaultRow['outcome'][] = ['RETRY', 'MINOR', 'MAJOR', 'SIGBUS', 'OOM', 'SIGSEGV'];

interface Choice extends vscode.QuickPickItem {
  readonly outcome?: FaultRow['outcome'];
  readonly task?: number;
  readonly mapping?: string;
}

export class FaultChoices implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
    void this.#showClear();
  }

  /** Undefined where every fault is shown. */
  get filter(): FaultFilter | undefined {
    return this.#state.get<FaultFilter>(FILTER_KEY);
  }

  get grouping(): Grouping {
    return this.#state.get<Grouping>(GROUPING_KEY, 'none');
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Lets the user choose outcomes, tasks and mappings: those of the program, and those that are chosen already. */
  async chooseFilter(records: Records | undefined): Promise<void> {
    const ask = async (groupBy: 'task' | 'mapping'): Promise<readonly FaultGroupRow[]> => (await records?.faultGroups({ groupBy, start: 0, count: MOST_OFFERED }))?.groups ?? [];
    const [tasks, mappings] = await Promise.all([ask('task'), ask('mapping')]);
    const picked = await vscode.window.showQuickPick(choices(this.filter ?? {}, tasks, mappings), {
      canPickMany: true, title: vscode.l10n.t('Filter the page faults'),
      placeHolder: vscode.l10n.t('Outcomes, tasks and mappings to show; of a kind with nothing chosen, all'), matchOnDescription: true,
    });
    if (picked) await this.#setFilter(filterOf(picked));
  }

  async clearFilter(): Promise<void> {
    await this.#setFilter(undefined);
  }

  async chooseGrouping(): Promise<void> {
    const items = [
      { grouping: 'none' as const, label: vscode.l10n.t('None') },
      { grouping: 'instruction' as const, label: vscode.l10n.t('Instruction') },
      { grouping: 'mapping' as const, label: vscode.l10n.t('Mapping') },
    ].map((item) => (item.grouping === this.grouping ? { ...item, description: vscode.l10n.t('as now') } : item));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group the page faults by') });
    if (!picked) return;
    await this.#state.update(GROUPING_KEY, picked.grouping);
    this.#changed.fire(undefined);
  }

  async #setFilter(filter: FaultFilter | undefined): Promise<void> {
    await this.#state.update(FILTER_KEY, filter);
    await this.#showClear();
    this.#changed.fire(undefined);
  }

  async #showClear(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'refault.faultsFiltered', this.filter !== undefined);
  }
}

/** `RETRY, SIGBUS; task 1001; /spu/other/signal1`. */
export function filterText({ outcomes = [], tasks = [], mappings = [] }: FaultFilter): string {
  return [outcomes.join(', '), tasks.map(taskName).join(', '), mappings.map(mappingName).join(', ')].filter((text) => text !== '').join('; ');
}

function choices(filter: FaultFilter, tasks: readonly FaultGroupRow[], mappings: readonly FaultGroupRow[]): Choice[] {
  const { outcomes: chosenOutcomes = [], tasks: chosenTasks = [], mappings: chosenMappings = [] } = filter;
  const outcomeCount = (outcome: FaultRow['outcome']): number => tasks.reduce((sum, { outcomes }) => sum + (outcomes[outcome] ?? 0), 0);
  const taskNames = new Map(chosenTasks.map((task) => [task, { label: taskName(task), faults: 0 }]));
  for (const { newest, faults } of tasks) taskNames.set(taskId(newest), { label: vscode.l10n.t('task {0}', newest.task), faults });
  const mappingCounts = new Map(chosenMappings.map((mapping) => [mapping, 0]));
  for (const { newest, faults } of mappings) mappingCounts.set(newest.mapping, faults);
  return [
    heading(vscode.l10n.t('Outcomes')),
    ...OUTCOMES.map((outcome): Choice => ({
      label: outcome, description: `${faultCount(outcomeCount(outcome))}, ${outcomeWords(outcome)}`, picked: chosenOutcomes.includes(outcome), outcome,
    })),
    heading(vscode.l10n.t('Tasks')),
    ...[...taskNames].map(([task, { label, faults }]): Choice => ({ label, description: faultCount(faults), picked: chosenTasks.includes(task), task })),
    heading(vscode.l10n.t('Mappings')),
    ...[...mappingCounts].map(([mapping, faults]): Choice => ({
      label: mappingName(mapping), description: faultCount(faults), picked: chosenMappings.includes(mapping), mapping,
    })),
  ];
}

function heading(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function filterOf(picked: readonly Choice[]): FaultFilter | undefined {
  if (picked.length === 0) return undefined;
  const outcomes = picked.flatMap(({ outcome }) => outcome ?? []);
  const tasks = picked.flatMap(({ task }) => task ?? []);
  const mappings = picked.flatMap(({ mapping }) => mapping ?? []);
  return {
    ...(outcomes.length === 0 ? {} : { outcomes }), ...(tasks.length === 0 ? {} : { tasks }), ...(mappings.length === 0 ? {} : { mappings }),
  };
}

function taskName(task: number): string {
  return vscode.l10n.t('task {0}', task);
}

/** The task of a row is its thread id and its name. */
function taskId({ task }: FaultRow): number {
  return Number.parseInt(task, 10);
}
