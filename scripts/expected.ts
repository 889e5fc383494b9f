/** node scripts/run.mjs expected: writes what every example prints under each kernel to examples/expected. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { transcript } from './examples/transcript.ts';

const EXAMPLES = 'examples';
const EXPECTED = 'examples/expected';

const names = readdirSync(EXAMPLES).filter((file) => file.endsWith('.s')).map((file) => file.slice(0, -2));
for (const name of names) {
  const file = `${EXPECTED}/${name}.txt`;
  writeFileSync(file, await transcript(name, readFileSync(`${EXAMPLES}/${name}.s`, 'utf8')));
  console.log(`${file} written. Read it against docs/facts.md, section 7, before you keep it.`);
}
for (const file of readdirSync(EXPECTED)) {
  if (names.includes(file.replace(/\.txt$/, ''))) continue;
  rmSync(`${EXPECTED}/${file}`);
  console.log(`${EXPECTED}/${file} removed: there is no such example any more.`);
}
