/** The exported picture: an SVG document that stands by itself. */
import { describe, expect, it } from 'vitest';
import { svgFile } from '../../../extension/webview/timeline/svgFile.ts';
import { elementsOf, parseXml, textOf } from '../../support/xml.ts';
import { laneOf, sample } from './sample.ts';

const title = { title: 'Timeline of <a & "b">\u0001', description: 'From 0 to 1 µs.' };
const picture = parseXml(svgFile(sample, { from: 0, to: 1000, width: 800 }, 'time', title, (name) => `text of ${name}`));
const texts = elementsOf(picture, 'text').map(textOf);

describe('the timeline as an SVG file', () => {
  it('is an SVG document with a title and a description for those who do not see it', () => {
    expect([picture.name, picture.attributes['xmlns'], picture.attributes['role']]).toEqual(['svg', 'http://www.w3.org/2000/svg', 'img']);
    expect(elementsOf(picture, 'title').map(textOf)).toEqual(['Timeline of <a & "b">']);
    expect(elementsOf(picture, 'desc').map(textOf)).toEqual(['From 0 to 1 µs.']);
    expect(picture.attributes['aria-labelledby']).toBe('title description');
  });

  it('loads nothing and runs nothing', () => {
    for (const name of ['script', 'image', 'use', 'foreignObject', 'a']) expect(elementsOf(picture, name)).toEqual([]);
    expect(textOf(picture)).not.toMatch(/url\(|@import/);
  });

  it('names every lane and every kind, and has a ruler', () => {
    expect(texts).toEqual(expect.arrayContaining([...sample.lanes.map(({ name }) => name), 'text of cpu', 'text of spe', 'text of task', 'text of context', '0.4 µs']));
  });

  it('has a legend of what is in it, and of nothing else', () => {
    const legend = ['running', 'waiting', 'stopped', 'many', 'dma', 'signal', 'MINOR', 'RETRY'];
    expect(texts).toEqual(expect.arrayContaining(legend.map((kind) => `text of ${kind}`)));
    for (const kind of ['SIGBUS', 'MAJOR', 'kernel', 'ready']) expect(texts).not.toContain(`text of ${kind}`);
  });

  it('has its own ground, in light and in dark', () => {
    const style = elementsOf(picture, 'style').map(textOf).join('');
    expect(style).toMatch(/\.ground\{fill:#ffffff\}/);
    expect(style).toMatch(/prefers-color-scheme:dark\)\{.*\.ground\{fill:#1f1f1f\}/);
  });

  it('gives each kind of path a colour', () => {
    const style = elementsOf(picture, 'style').map(textOf).join('');
    for (const { attributes } of elementsOf(picture, 'path')) expect(style).toContain(`.${attributes['class'] ?? 'nothing'}{fill:`);
  });

  it('is a document without lanes, too', () => {
    const empty = parseXml(svgFile({ ...sample, lanes: [{ ...laneOf('spe1') }], end: 0 }, { from: 0, to: 16, width: 800 }, 'cycles', title, (name) => name));
    expect(elementsOf(empty, 'text').map(textOf)).toContain('SPE 1');
  });
});
