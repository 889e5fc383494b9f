/** The kernel and the simulated time of the session that the views follow, while it lives. */
import * as vscode from 'vscode';
import type { StatusResponse } from '../../src/adapter/protocol.ts';
import { PROFILES } from '../core.ts';
import { DEBUG_TYPE, type FollowedSession } from '../views/followedSession.ts';
import { simulatedTime } from './simulatedTime.ts';

const CHOOSE = 'refault.chooseKernel';
/** How often a running program is asked for its time. */
const INTERVAL = 500;

export class StatusBar implements vscode.Disposable {
  readonly #followed: FollowedSession;
  readonly #kernel = vscode.window.createStatusBarItem('refault.kernel', vscode.StatusBarAlignment.Left, 20);
  readonly #time = vscode.window.createStatusBarItem('refault.time', vscode.StatusBarAlignment.Left, 19);
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(followed: FollowedSession) {
    this.#followed = followed;
    this.#kernel.name = vscode.l10n.t('Cell: Kernel');
    this.#kernel.command = CHOOSE;
    this.#time.name = vscode.l10n.t('Cell: Simulated Time');
    this.#subscriptions = [
      this.#kernel, this.#time,
      followed.onDidChange((change) => { if (change === 'ended') this.#hide(); else void this.#show(); }),
      vscode.commands.registerCommand(CHOOSE, () => chooseKernel(followed)),
    ];
  }

  dispose(): void {
    this.#hide();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #show(): Promise<void> {
    const { current } = this.#followed;
    if (!current || current.ended) return;
    this.#timer ??= setInterval(() => void this.#show(), INTERVAL);
    try {
      const status = await current.records.status();
      if (this.#followed.current === current) this.#present(status);
    } catch {
      // The program is not loaded yet, or the session ends: the next event says.
    }
  }

  #present({ kernel, cycle, cyclesPerSecond }: StatusResponse): void {
    this.#kernel.text = `$(server-environment) ${kernel}`;
    this.#kernel.tooltip = vscode.l10n.t('The program runs under Linux {0}. Choose another kernel and start again.', kernel);
    this.#kernel.accessibilityInformation = { label: this.#kernel.tooltip, role: 'button' };
    const time = simulatedTime(cycle, cyclesPerSecond);
    this.#time.text = `$(watch) ${time}`;
    this.#time.tooltip = vscode.l10n.t('Simulated time: {0}, {1} cycles', time, cycle);
    this.#kernel.show();
    this.#time.show();
  }

  #hide(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#kernel.hide();
    this.#time.hide();
  }
}

/** Starts the program of the active session again under a kernel that the user chooses. */
async function chooseKernel(followed: FollowedSession): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== DEBUG_TYPE) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Start a Cell program first: then it can be started again under another kernel. "kernel" in the launch configuration names one from the start.'));
    return;
  }
  const { configuration } = session;
  const present = await kernelOf(followed);
  const picked = await vscode.window.showQuickPick(PROFILES.map(({ name, spufsHandler, interruptedWait }) => ({
    label: name,
    ...(name === present ? { iconPath: new vscode.ThemeIcon('check') } : {}),
    description: [
      interruptedWait === 'retry' ? vscode.l10n.t('an interrupted wait is answered with RETRY') : vscode.l10n.t('an interrupted wait ends in SIGBUS'),
      ...(name === present ? [vscode.l10n.t('the present kernel')] : []),
    ].join(', '),
    detail: spufsHandler === 'nopage' ? vscode.l10n.t('SPE registers through ->nopage') : spufsHandler === 'nopfn' ? vscode.l10n.t('SPE registers through ->nopfn') : vscode.l10n.t('SPE registers through ->fault'),
  })), { title: vscode.l10n.t('Start again under which kernel?'), matchOnDescription: true });
  if (!picked) return;
  await vscode.debug.stopDebugging(session);
  await vscode.debug.startDebugging(session.workspaceFolder, { ...configuration, kernel: picked.label });
}

/** Undefined before the program is loaded. */
async function kernelOf({ current }: FollowedSession): Promise<string | undefined> {
  try {
    return (await current?.records.status())?.kernel;
  } catch {
    return undefined;
  }
}
