/** The German texts: each text that there is has one, none is left over, and what is put into texts is put into both. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extensionMessages } from '../../scripts/manifest/messages.ts';

type Texts = Readonly<Record<string, string>>;
const read = (file: string): Texts => JSON.parse(readFileSync(file, 'utf8')) as Texts;

/** Placeholders, commands behind links, and names in backquotes, which have no spaces. */
const fixed = (text: string): readonly string[] => [...text.matchAll(/\{\d+\}|\(command:[^)]*\)|`[^`\s]*`/g)].map(([part]) => part).sort();

describe.each([
  ['of the extension', extensionMessages(), read('l10n/bundle.l10n.de.json')],
  ['of the manifest', read('package.nls.json'), read('package.nls.de.json')],
])('German texts %s', (_, english, german) => {
  it('are there for every key, and for no other', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('say something', () => {
    for (const [key, text] of Object.entries(german)) expect(text.trim(), key).not.toBe('');
  });

  it('have the same placeholders, links and names', () => {
    for (const [key, text] of Object.entries(german)) expect(fixed(text), key).toEqual(fixed(english[key] ?? ''));
  });
});
