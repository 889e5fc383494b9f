/** Names of the examples and of their expected tables: `retry`, `hazards/init-oom`. */
import { existsSync, readdirSync } from 'node:fs';

const HAZARDS = 'hazards';

/** Every example, in order; those that show a hazard last. */
export function exampleNames(): string[] {
  return namesIn('examples', '.s');
}

export function expectedNames(): string[] {
  return namesIn('examples/expected', '.txt');
}

function namesIn(folder: string, ending: string): string[] {
  const list = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory) : [])
    .filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length)).sort();
  return [...list(folder), ...list(`${folder}/${HAZARDS}`).map((name) => `${HAZARDS}/${name}`)];
}
