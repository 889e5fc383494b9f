/**
 * Snippets of the editor from `snippets/*.s`: comments with title, prefixes and description, then the text. `{{name=text}}` is a
 * placeholder with what it holds at first, and `{{name}}` the same one again, or one that holds its own name.
 */
import { readdirSync, readFileSync } from 'node:fs';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const FOLDER = 'snippets';
const HEADER = /^# title: (?<title>.+)\n# prefix: (?<prefix>.+)\n# description: (?<description>.+)\n(?<body>[^]*)\n$/;
const PLACEHOLDER = /\{\{(\w+)(?:=([^}]+))?\}\}/;

/** @throws Error where a file has no such header, or the title of another */
export function snippets(): Readonly<Record<string, Snippet>> {
  const made: Record<string, Snippet> = {};
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.s')).sort()) {
    const { title, prefix, description, body } = HEADER.exec(readFileSync(`${FOLDER}/${file}`, 'utf8'))?.groups ?? {};
    if (title === undefined || prefix === undefined || description === undefined || body === undefined) {
      throw new Error(`${FOLDER}/${file} must begin with "# title: ", "# prefix: " and "# description: ", a line each.`);
    }
    if (made[title]) throw new Error(`${FOLDER}/${file} has the title "${title}" of another snippet.`);
    made[title] = { prefix: prefix.split(', '), description, body: snippetText(body).split('\n') };
  }
  return made;
}

/** The text with placeholders as VS Code writes them: what it would take for its own signs is escaped. */
function snippetText(source: string): string {
  const stops = new Map<string, number>();
  let text = '';
  let rest = source;
  for (let found = PLACEHOLDER.exec(rest); found; found = PLACEHOLDER.exec(rest)) {
    const [whole, name = '', initial = name] = found;
    const before = stops.get(name);
    const stop = before ?? stops.size + 1;
    stops.set(name, stop);
    text += escaped(rest.slice(0, found.index)) + (before === undefined ? `\${${String(stop)}:${escaped(initial)}}` : `$${String(stop)}`);
    rest = rest.slice(found.index + whole.length);
    // A digit that follows would belong to the number of the stop.
    if (before !== undefined && /^\d/.test(rest)) throw new Error(`A digit stands right behind {{${name}}}: ${rest.slice(0, 20)}`);
  }
  return text + escaped(rest);
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
