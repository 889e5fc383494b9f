/** What an assistant may ask of the tool, and what it gets. */
import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runInPlace } from '../../extension/debug/inPlace.ts';
import { readInput } from '../../extension/first/runToolInput.ts';
import { reportForAssistant } from '../../extension/first/runToolReport.ts';
import { type HeadlessRun, runHeadless } from '../../extension/headless/headlessRun.ts';
import { nodeClock } from '../../extension/worker/nodeClock.ts';
import { example } from '../adapter/conversations/talk.ts';

const run = (kernel: string, program = 'retry.s', milliseconds = 20_000): Promise<HeadlessRun> => runHeadless(runInPlace(nodeClock), {
  readFile: async (path) => new Uint8Array(await readFile(path)),
  listFolder: async (path) => (await readdir(path)).map((name) => ({ name, kind: 'file' })),
}, { program: example(program), kernel }, { milliseconds, faults: 1000, output: 4000 });

describe('the input of refault_run', () => {
  it('is a program or source, with what is wanted of the machine', () => {
    expect(readInput({ program: 'retry.s' })).toEqual({ program: 'retry.s', faults: 20 });
    expect(readInput({ source: '_start: sc', kernel: '2.6.18', spes: 1, args: ['a'], faults: 5 })).toEqual({ source: '_start: sc', kernel: '2.6.18', spes: 1, args: ['a'], faults: 5 });
  });

  it.each([
    [{}, 'Give either "program"'],
    [{ program: 'a.s', source: 'sc' }, 'Give either "program"'],
    [undefined, 'has to be an object'],
    [{ program: 7 }, '"program" has to be a text.'],
    [{ program: 'a.s', spes: 17 }, '"spes" has to be a whole number from 0 to 16.'],
    [{ program: 'a.s', faults: 1e9 }, '"faults" has to be a whole number from 0 to 100.'],
    [{ program: 'a.s', args: 'x' }, '"args" has to be a list of texts.'],
  ])('%j is refused with a sentence', (input, sentence) => {
    expect(() => readInput(input)).toThrow(sentence);
  });
});

describe('the answer of refault_run', () => {
  it('has the end, the output and the faults, the remarkable ones first', async () => {
    const text = reportForAssistant(await run('2.6.18-retry'), { faults: 3 });
    expect(text).toContain('Kernel: Linux 2.6.18-retry. It ended with status 0.');
    expect(text).toContain('The alarm is handled');
    expect(text).toMatch(/RETRY 1\b/);
    const [first = ''] = text.split('\n').filter((line) => line.startsWith('#'));
    expect(first).toMatch(/RETRY write 0x4000000000c in \/spu\/other\/signal1: .*retry\.s:132.*handler said=NOPAGE_RETRY.*interrupted by=SIGALRM/);
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(3);
  });

  it('says which signal killed the program', async () => {
    expect(reportForAssistant(await run('2.6.18'), { faults: 1 })).toContain('status 135 (killed by signal 7)');
  });

  it('stays small, whatever the program did', async () => {
    const text = reportForAssistant(await run('2.6.18-retry', 'retry-forever.s', 300), { faults: 100 });
    expect(text).toContain('ended before its own end');
    expect(text.length).toBeLessThan(17_000);
  });
});
