import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ran {
  readonly status: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs Node on a file, or on a tool of node_modules by its name, and keeps what it prints. */
export function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env: { ...process.env, ...environment } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

/** The script behind a command of node_modules/.bin, which Node can run on every system. */
export function tool(file: string): string {
  return path.resolve('node_modules', file);
}
