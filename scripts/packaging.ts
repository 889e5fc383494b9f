/** The extension as it is shipped: as a .vsix, and unpacked for the workbench. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';

/** Writes the installable package and returns its path. The bundles must be built. */
export async function packageExtension(): Promise<string> {
  const packagePath = path.resolve('dist/refault.vsix');
  await createVSIX({ packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return packagePath;
}

/** Copies what the package would hold, and more files by their place in it, into a folder and returns its path. */
export async function unpackExtension(folder: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const target = path.resolve(folder);
  rmSync(target, { recursive: true, force: true });
  const shipped = await listFiles({ packageManager: PackageManager.None });
  const files = [...shipped.map((file) => [file, file] as const), ...Object.entries(more)];
  for (const [place, file] of files) {
    const copy = path.join(target, place);
    mkdirSync(path.dirname(copy), { recursive: true });
    cpSync(file, copy);
  }
  return target;
}
