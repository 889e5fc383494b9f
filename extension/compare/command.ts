/** `Compare Kernels`: runs a program under several kernels and shows what became of its faults under each. */
import * as vscode from 'vscode';
import type { CompareArguments, CompareResponse } from '../../src/adapter/protocol.ts';
import { uriOf } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import { ComparisonDocuments } from './comparisonDocuments.ts';
import { runComparison } from './comparisonRun.ts';
import { pickKernels } from './kernelPick.ts';
import type { LaunchChoice } from './launchChoice.ts';

export class CompareKernels implements vscode.Disposable {
  readonly #start: StartWorker;
  readonly #launches: LaunchChoice;
  readonly #documents = new ComparisonDocuments();
  readonly #subscription: vscode.Disposable;

  constructor(start: StartWorker, launches: LaunchChoice) {
    this.#start = start;
    this.#launches = launches;
    this.#subscription = vscode.commands.registerCommand('refault.compareKernels', () => this.#run());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#documents.dispose();
  }

  async #run(): Promise<void> {
    const launch = await this.#launches.choose();
    if (!launch) return;
    const chosen = await pickKernels(launch['kernel']);
    if (!chosen) return;
    if (chosen.kernels.length === 0) {
      await vscode.window.showErrorMessage(vscode.l10n.t('Choose at least one kernel: policies say only how its faults are sent back.'));
      return;
    }
    await saveProgram(launch['program']);
    const maxCycles = vscode.workspace.getConfiguration('refault').get<number>('compare.maxCycles') ?? 0;
    try {
      const comparison = await this.#withProgress({ launch, ...chosen, ...(maxCycles > 0 ? { maxCycles } : {}) });
      if (comparison) await this.#show(launch, comparison);
    } catch (error) {
      await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  #withProgress(args: CompareArguments): Thenable<CompareResponse | undefined> {
    const title = vscode.l10n.t('Comparing kernels');
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => runComparison(
      this.#start, args, { onKernel: ({ kernel, number, of }) => progress.report({ message: vscode.l10n.t('{0} ({1} of {2})', kernel, number, of), increment: number > 1 ? 100 / of : 0 }) }, token,
    ));
  }

  async #show({ program }: vscode.DebugConfiguration, { lines, notices, places }: CompareResponse): Promise<void> {
    const name = programs(program).map((path) => path.slice(path.search(/[^/\\]*$/))).join(', ');
    await this.#documents.show(vscode.l10n.t('{0} compared', name), notices.length === 0 ? lines : [...lines, '', ...notices], places);
  }
}

/** What is compared is what stands in the editor, as when debugging is started. */
async function saveProgram(program: unknown): Promise<void> {
  const uris = programs(program).map((path) => uriOf(path).toString());
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && uris.includes(document.uri.toString())) await document.save();
  }
}

function programs(program: unknown): readonly string[] {
  return [program].flat().filter((path) => typeof path === 'string');
}
