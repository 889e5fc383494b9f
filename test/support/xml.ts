/** Reads XML as strictly as a document needs to be well-formed: what is wrong is an error that says so. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const TOKEN = /<\?xml [^?]*\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</gy;
const ATTRIBUTE = /([\w:.-]+)="([^"<]*)"/g;

export function parseXml(text: string): XmlElement {
  const root: { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] } = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const [token, closed, opened, attributes, isEmpty] of text.matchAll(TOKEN)) {
    const parent = open.at(-1);
    if (!parent || token === '<') throw new Error(`Not XML near ${JSON.stringify(token)}.`);
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes ${parent.name}.`);
    } else if (opened !== undefined) {
      const element = { name: opened, attributes: attributesOf(attributes ?? ''), children: [] };
      parent.children.push(element);
      if (isEmpty === '') open.push(element);
    } else if (!token.startsWith('<?xml')) parent.children.push(plain(token));
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name ?? ''}> is not closed.`);
  const elements = root.children.filter((child) => typeof child !== 'string');
  if (elements.length !== 1 || root.children.some((child) => typeof child === 'string' && child.trim() !== '')) throw new Error('A document is one element.');
  const [document] = elements;
  if (!document) throw new Error('A document is one element.');
  return document;
}

/** All elements of a name, at any depth. */
export function elementsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...elementsOf(child, name)]));
}

export function textOf({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new Error(`${name} stands twice.`);
    attributes[name] = plain(value);
  }
  return attributes;
}

function plain(text: string): string {
  for (const character of text) if (character < ' ' && !'\t\n\r'.includes(character)) throw new Error('A control character.');
  return text.replace(/&(#\d+;)?/g, (_, code: string | undefined) => {
    if (code === undefined) throw new Error(`An & that begins nothing in ${JSON.stringify(text)}.`);
    return String.fromCharCode(Number(code.slice(1, -1)));
  });
}
