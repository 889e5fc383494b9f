/** node scripts/run.mjs expected: writes what every example prints under each kernel to examples/expected. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exampleNames, expectedNames } from './examples/names.ts';
import { transcript } from './examples/transcript.ts';

const names = exampleNames();
for (const name of names) {
  const file = `examples/expected/${name}.txt`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await transcript(name, readFileSync(`examples/${name}.s`, 'utf8')));
  console.log(`${file} written. Read it against docs/facts.md, section 7, before you keep it.`);
}
for (const name of expectedNames()) {
  if (names.includes(name)) continue;
  rmSync(`examples/expected/${name}.txt`);
  console.log(`examples/expected/${name}.txt removed: there is no such example any more.`);
}
