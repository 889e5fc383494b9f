/** The programs that a user may mean, each with the launch configuration that says how it is run. */
import * as vscode from 'vscode';
import { fileName, pathOf } from '../debug/hostFiles.ts';
import { programInFocus, type SourceOf } from '../debug/program.ts';
import type { ResolvedConfigurations } from '../debug/configuration.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';

/** In a configuration that is only to be resolved: which of them it is. */
const TICKET = 'refault.resolve';

interface Candidate {
  readonly label: string;
  readonly description: string;
  /** Undefined where the configuration cannot be resolved; the user knows why by then. */
  configuration(): Promise<vscode.DebugConfiguration | undefined>;
}

export class LaunchChoice implements ResolvedConfigurations, vscode.Disposable {
  #last: vscode.DebugConfiguration | undefined;
  #tickets = 0;
  readonly #waiting = new Map<number, (configuration: vscode.DebugConfiguration) => void>();
  readonly #subscription: vscode.Disposable;

  constructor(private readonly sourceOf: SourceOf) {
    this.#subscription = vscode.debug.onDidStartDebugSession(({ type, configuration }) => {
      if (type === DEBUG_TYPE) this.#last = configuration;
    });
  }

  /** The one program that there is, or the one that the user chooses; undefined where there is none, and the user knows. */
  async choose(): Promise<vscode.DebugConfiguration | undefined> {
    const candidates = [...this.#started(), ...await this.#inFocus(), ...this.#configured()];
    if (candidates.length === 0) {
      await vscode.window.showErrorMessage(vscode.l10n.t('Open a Cell assembly file (.s) or an ELF program first.'));
      return undefined;
    }
    const [only] = candidates;
    const chosen = candidates.length === 1 ? only : await vscode.window.showQuickPick(candidates, { title: vscode.l10n.t('Which program?'), matchOnDescription: true });
    return await chosen?.configuration();
  }

  take(configuration: vscode.DebugConfiguration): boolean {
    const ticket: unknown = configuration[TICKET];
    const waiting = typeof ticket === 'number' ? this.#waiting.get(ticket) : undefined;
    waiting?.(configuration);
    return ticket !== undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The session that is selected, or else the one that was started last. */
  #started(): Candidate[] {
    const active = vscode.debug.activeDebugSession;
    const configuration = active?.type === DEBUG_TYPE ? active.configuration : this.#last;
    return configuration ? [{
      label: configuration.name,
      description: active?.type === DEBUG_TYPE ? vscode.l10n.t('is being debugged') : vscode.l10n.t('was started last'),
      configuration: () => Promise.resolve(configuration),
    }] : [];
  }

  async #inFocus(): Promise<Candidate[]> {
    const file = await programInFocus(this.sourceOf);
    if (!file) return [];
    const program = pathOf(file);
    const [started] = this.#started();
    // With the arguments and the machine that it was started with, where it was.
    if ((await started?.configuration())?.['program'] === program) return [];
    const name = fileName(file);
    return [{ label: name, description: vscode.l10n.t('is open in the editor'), configuration: () => Promise.resolve({ type: DEBUG_TYPE, request: 'launch', name, program }) }];
  }

  #configured(): Candidate[] {
    const folders = vscode.workspace.workspaceFolders ?? [undefined];
    return folders.flatMap((folder) => {
      const configurations = vscode.workspace.getConfiguration('launch', folder).get<readonly vscode.DebugConfiguration[]>('configurations') ?? [];
      return configurations.filter(({ type, request }) => type === DEBUG_TYPE && request === 'launch').map((configuration) => ({
        label: configuration.name, description: vscode.l10n.t('is a launch configuration'), configuration: () => this.#resolve(folder, configuration),
      }));
    });
  }

  /** As VS Code makes it when it starts: only there variables and inputs get their values. */
  async #resolve(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    let resolved: vscode.DebugConfiguration | undefined;
    this.#tickets += 1;
    const ticket = this.#tickets;
    this.#waiting.set(ticket, (taken) => { resolved = taken; });
    await vscode.debug.startDebugging(folder, { ...configuration, [TICKET]: ticket });
    this.#waiting.delete(ticket);
    return resolved;
  }
}
