/** Launch configurations: made up where there are none, and made fit for the session. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../views/followedSession.ts';
import { fileName, pathOf } from './hostFiles.ts';
import { folderProgram, programInFocus, type SourceOf } from './program.ts';
import { resolvePath } from './resolvePath.ts';

const CURRENT_FILE = '${file}';

const currentFile = (): vscode.DebugConfiguration => ({
  type: DEBUG_TYPE,
  request: 'launch',
  name: vscode.l10n.t('Debug the current file'),
  program: CURRENT_FILE,
});

/** Takes configurations that somebody wants to look at instead of starting them. */
export interface ResolvedConfigurations {
  /** True where it has taken the configuration. */
  take(configuration: vscode.DebugConfiguration): boolean;
}

export class CellConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #wanted: ResolvedConfigurations;

  constructor(wanted: ResolvedConfigurations, private readonly sourceOf: SourceOf) {
    this.#wanted = wanted;
  }

  /** What a new launch.json begins with. */
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [currentFile()];
  }

  /** F5 without launch.json arrives here with an empty configuration. */
  async resolveDebugConfiguration(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    const bare = isBare(configuration);
    const resolved: vscode.DebugConfiguration = bare ? { ...configuration, ...currentFile() } : { ...configuration };
    if (bare || resolved['program'] === undefined) {
      const program = await programInFocus(this.sourceOf) ?? await folderProgram(folder);
      if (!program) {
        await vscode.window.showErrorMessage(vscode.l10n.t('There is no program to debug: open a Cell assembly file (.s) or an ELF program, or a folder of assembly files, then start again, or name one in "program" of the launch configuration.'));
        return undefined;
      }
      resolved['program'] = pathOf(program);
      if (bare) resolved.name = vscode.l10n.t('Debug {0}', fileName(program));
    } else if (resolved['program'] === CURRENT_FILE) {
      const file = vscode.window.activeTextEditor?.document.uri;
      const program = file && await programInFocus(this.sourceOf);
      // The current file may be one that programs include, and no program itself.
      if (program && program.toString() !== file.toString()) resolved['program'] = pathOf(program);
    }
    return resolved;
  }

  /** Paths are whole from here on: on disk as they are, elsewhere as URIs, since only those say where. */
  resolveDebugConfigurationWithSubstitutedVariables(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): vscode.DebugConfiguration | undefined {
    const resolved = { ...configuration };
    const whole = (value: unknown): unknown =>
      typeof value === 'string' && value !== '' ? resolvePath(value, folder ?? vscode.workspace.workspaceFolders?.[0]) : value;
    for (const key of ['program', 'hostFolder', 'devices']) {
      const value: unknown = resolved[key];
      // Devices may be a list of objects, which has no paths.
      resolved[key] = Array.isArray(value) ? value.map(whole) : whole(value);
    }
    return this.#wanted.take(resolved) ? undefined : resolved;
  }
}

function isBare(configuration: object): boolean {
  return !('type' in configuration && 'request' in configuration);
}

/** The entries of the debug view's list that need no launch.json. */
export class CellDynamicConfigurations implements vscode.DebugConfigurationProvider {
  constructor(private readonly sourceOf: SourceOf) {}

  async provideDebugConfigurations(): Promise<vscode.DebugConfiguration[]> {
    const folder = await folderProgram(undefined);
    return [
      ...(await programInFocus(this.sourceOf) ? [currentFile()] : []),
      ...(folder ? [{ ...currentFile(), name: vscode.l10n.t('Debug the assembly files of the folder as one program'), program: '${workspaceFolder}' }] : []),
    ];
  }
}
