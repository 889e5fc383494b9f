/**
 * npm run manifest: writes what is generated into the extension's manifest, the grammar, the snippets and the pages of
 * instructions and of the kernel, so that types, schema, texts and tables come from one source each. `--check` only says what is stale.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Builder } from '../src/sim/engine/builder.ts';
import type { InstructionSet } from '../src/sim/engine/isa.ts';
import { PROFILES } from '../src/sim/kernel/profile/tables.ts';
import { PPC } from '../src/sim/ppe/instructionSet.ts';
import { SPU } from '../src/sim/spe/instructionSet.ts';
import { grammar } from './manifest/grammar.ts';
import { isaPage } from './manifest/isaPage.ts';
import { kernelPage } from './manifest/kernelPage.ts';
import { kernelsPage } from './manifest/kernelsPage.ts';
import { launchSchema } from './manifest/launchSchema.ts';
import { extensionMessages } from './manifest/messages.ts';
import { snippets } from './manifest/snippets.ts';

const TEXTS = 'package.nls.json';
const GENERATED_TEXT = 'launch.';

interface Manifest {
  readonly contributes: {
    readonly debuggers: readonly [{ configurationAttributes?: object }];
    readonly languageModelTools: readonly { readonly inputSchema: { readonly properties: { readonly kernel: { enum: readonly string[] } } } }[];
  };
}

function generate(): ReadonlyMap<string, object | string> {
  const { properties, required, texts } = launchSchema();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  manifest.contributes.debuggers[0].configurationAttributes = { launch: { required, properties } };
  for (const { inputSchema } of manifest.contributes.languageModelTools) inputSchema.properties.kernel.enum = PROFILES.map(({ name }) => name);
  const written = Object.entries(JSON.parse(readFileSync(TEXTS, 'utf8')) as Record<string, string>).filter(([key]) => !key.startsWith(GENERATED_TEXT));
  return new Map<string, object | string>([
    ['package.json', manifest],
    [TEXTS, Object.fromEntries([...written, ...texts])],
    ['media/examples.json', readdirSync('examples').filter((name) => name.endsWith('.s')).sort()],
    ['l10n/bundle.l10n.json', extensionMessages()],
    ['syntaxes/cell-asm.tmLanguage.json', grammar({ ppc: mnemonics(PPC), spu: mnemonics(SPU) })],
    ['snippets/cell-asm.json', snippets()],
    ['docs/isa.md', isaPage(PPC, SPU)],
    ['docs/kernel.md', kernelPage(readFileSync('docs/kernel.md', 'utf8'))],
    ['docs/kernels.md', kernelsPage()],
  ]);
}

function mnemonics<B extends Builder>({ instructions, aliases }: InstructionSet<B>): string[] {
  return [...instructions, ...aliases].map(({ mnemonic }) => mnemonic);
}

function isCurrent(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

const stale = [...generate()].map(([file, content]) => [file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`] as const).filter(([file, text]) => !isCurrent(file, text));
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is not what its sources make it: run "npm run manifest" and keep the result.`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const [file, text] of stale) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`${file} written.`);
  }
}
