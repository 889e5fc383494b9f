/** The guide: every page is listed, and every link of it leads to something that the package has. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = 'docs/guide';
const shipped = readFileSync('.vscodeignore', 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const links = (file: string): string[] => [...readFileSync(path.join(FOLDER, file), 'utf8').matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target);

describe('the guide', () => {
  it('lists each of its pages', () => {
    expect(links('README.md').filter((target) => !target.startsWith('..')).sort()).toEqual(pages.filter((name) => name !== 'README.md').sort());
  });

  it.each(pages)('%s leads only to what is shipped', (page) => {
    for (const target of links(page)) {
      const file = path.join(FOLDER, target);
      expect(existsSync(file), file).toBe(true);
      expect(shipped.some((pattern) => pattern.test(file)), file).toBe(true);
    }
  });

  it('names commands as the palette does', () => {
    const titles = Object.entries(JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>).filter(([key]) => key.startsWith('command.')).map(([, title]) => title);
    for (const page of pages) {
      for (const [, title = ''] of readFileSync(path.join(FOLDER, page), 'utf8').matchAll(/`Refault: ([^`]+)`/g)) expect(titles, page).toContain(title);
    }
  });
});
