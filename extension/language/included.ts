/** The file that an `.include` or `.incbin` means. */
import * as vscode from 'vscode';

/** As the assembler has it (src/sim/program/load.ts): a name is looked for beside the file that it stands in. */
export function includedUri(name: string, from: vscode.Uri): vscode.Uri {
  const isWindows = /^\/[A-Za-z]:/.test(from.path);
  if (isWindows && /^[A-Za-z]:[\\/]/.test(name)) return vscode.Uri.file(name);
  const path = isWindows ? name.replaceAll('\\', '/') : name;
  return path.startsWith('/') ? from.with({ path }) : vscode.Uri.joinPath(from, '..', path);
}
