/** Which kernels, and which retry policies, a program is compared under. */
import * as vscode from 'vscode';
import { POLICIES, PROFILES } from '../core.ts';

export interface ChosenKernels {
  readonly kernels: readonly (string | object)[];
  readonly policies: readonly string[];
}

interface KernelItem extends vscode.QuickPickItem {
  readonly kernel?: string | object;
  readonly policy?: string;
}

/**
 * @param own the kernel of the launch configuration: where that has choices of its own it is one more to choose.
 * @returns undefined where the user changes his mind.
 */
export async function pickKernels(own: unknown): Promise<ChosenKernels | undefined> {
  const changed = typeof own === 'object' && own !== null ? own : undefined;
  const items: KernelItem[] = [
    { label: vscode.l10n.t('Kernels'), kind: vscode.QuickPickItemKind.Separator },
    ...PROFILES.map(({ name }): KernelItem => ({ label: name, picked: true, kernel: name })),
    ...(changed ? [{ label: vscode.l10n.t('The kernel of the launch configuration'), description: choicesText(changed), picked: true, kernel: changed }] : []),
    { label: vscode.l10n.t('Retry policies: each kernel under each of them'), kind: vscode.QuickPickItemKind.Separator },
    ...POLICIES.map((policy): KernelItem => ({ label: policy, description: policyText(policy), policy })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true, matchOnDescription: true, title: vscode.l10n.t('Compare kernels'), placeHolder: vscode.l10n.t('Under which kernels should the program run?'),
  });
  if (!picked) return undefined;
  return {
    kernels: picked.flatMap(({ kernel }) => kernel ?? []),
    policies: picked.flatMap(({ policy }) => policy ?? []),
  };
}

function choicesText(kernel: object): string {
  return Object.entries(kernel).map(([name, value]) => (name === 'base' ? String(value) : `${name}=${String(value)}`)).join(', ');
}

function policyText(policy: (typeof POLICIES)[number]): string {
  switch (policy) {
    case 'unlimited': return vscode.l10n.t('an access may be sent back any number of times');
    case 'once': return vscode.l10n.t('once, then the wait cannot be interrupted');
    case 'signal-bounded': return vscode.l10n.t('only where the signal can be handled first');
    case 'mm-sequence': return vscode.l10n.t('goes on at once where nobody has changed the address space');
  }
}
