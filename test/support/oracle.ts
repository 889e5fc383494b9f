import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BINUTILS = 'binutils-powerpc64-linux-gnu';

/** Whether a tool for ppc64 is here; says loudly which Debian package to install where it is not. */
export function hasTool(tool: string, debianPackage = BINUTILS): boolean {
  const found = spawnSync(tool, ['--version']).status === 0;
  if (!found) console.warn(`SKIPPED: comparisons with ${tool}, which is not installed; on Debian: apt-get install ${debianPackage}`);
  return found;
}

/** Runs a tool on a file with these bytes and returns its standard output. */
export function askTool(tool: string, options: readonly string[], fileBytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const file = join(folder, 'guest');
    writeFileSync(file, fileBytes);
    const { status, stdout, stderr } = spawnSync(tool, [...options, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${tool} ended with ${String(status)}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
