/**
 * The real VS Code server with a Node extension host, so that it loads the extension's
 * `main` bundle. It is the server inside code-server, started without code-server's wrapper.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { installedHost } from './cache.ts';
import { workbenchSettings } from './settings.ts';

export interface ServerHost {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the server with an extension installed from its package. */
export async function startServerHost(vsix: string): Promise<ServerHost> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'refault-server-'));
  const extensions = path.join(data, 'extensions');
  const machine = path.join(data, 'data', 'Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(path.join(machine, 'settings.json'), JSON.stringify(workbenchSettings));
  const main = path.join(installedHost('server'), 'node_modules/code-server/lib/vscode/out/server-main.js');
  const shared = [main, '--accept-server-license-terms', '--server-data-dir', data, '--extensions-dir', extensions];
  install(shared, vsix);
  const port = await freePort();
  const server = spawn(process.execPath, [
    ...shared, '--host', 'localhost', '--port', String(port), '--without-connection-token', '--telemetry-level', 'off', '--disable-workspace-trust',
  ], { stdio: ['ignore', 'pipe', 'pipe'] });

  const ended = new Promise<void>((resolve) => { server.on('exit', () => resolve()); });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('Extension host agent started')) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', (code) => reject(new Error(`The VS Code server ended with status ${String(code)} before it was ready.\n${said}`)));
  });
  return {
    port,
    stop: async () => {
      server.kill();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function install(server: readonly string[], vsix: string): void {
  const { stdout, stderr } = spawnSync(process.execPath, [...server, '--install-extension', path.resolve(vsix)], { encoding: 'utf8' });
  if (!stdout.includes('was successfully installed')) throw new Error(`VS Code did not install ${vsix}.\n${stdout}${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('The system gave no free port.')));
    });
  });
}

/**
 * Makes a page of the server develop an extension and run a test module in its extension
 * host. The built workbench ignores a query for this, and intercepting the document breaks
 * its WebSockets, so the page's own configuration is changed before the workbench reads it.
 */
export async function developExtension(page: Page, port: number, extension: string, tests: string): Promise<void> {
  const authority = `localhost:${port}`;
  await page.addInitScript(configureWorkbench, { authority, extension: path.resolve(extension), tests: path.resolve(tests) });
}

/** Runs inside the page, so it cannot refer to anything outside itself. */
function configureWorkbench(options: { authority: string; extension: string; tests: string }): void {
  interface Element { getAttribute(name: string): string | null; setAttribute(name: string, value: string): void }
  interface Dom {
    document: { getElementById(id: string): Element | null };
    MutationObserver: new (changed: (_: unknown, observer: { disconnect(): void }) => void) => { observe(target: object, options: object): void };
  }
  const { document, MutationObserver } = globalThis as typeof globalThis & Dom;
  new MutationObserver((_, observer) => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    observer.disconnect();
    const remote = (path: string): object => ({ $mid: 1, scheme: 'vscode-remote', authority: options.authority, path });
    const configuration = JSON.parse(meta.getAttribute('data-settings') ?? '{}') as object;
    const developmentOptions = { extensions: [remote(options.extension)], extensionTestsPath: remote(options.tests) };
    meta.setAttribute('data-settings', JSON.stringify({ ...configuration, developmentOptions }));
  }).observe(document, { childList: true, subtree: true });
}
