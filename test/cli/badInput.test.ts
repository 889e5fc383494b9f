/** Whatever is wrong: status 125, nothing on standard output, and sentences without a trace of the inside. */
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { buildElf, smallPpcPlan } from '../support/elfBuilder.ts';
import { readGuest } from '../support/guests.ts';
import { refault } from '../support/refault.ts';

const GOOD = '_start: li 0,234\n li 3,0\n sc\n';

/** One line, a sentence, no stack trace. */
const SENTENCE = /^[^\n]*[.?]\n$/;

async function refused(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const { status, out, err } = await refault(args, files);
  expect([status, out]).toEqual([125, '']);
  expect(err).not.toContain('mistake in Refault');
  return err;
}

describe('a program', () => {
  it.each([['run'], ['compare'], ['asm'], ['disasm']])('that is not there is told by %s', async (command) => {
    expect(await refused([command, 'none.s'])).toBe('refault: "none.s" does not exist; check its path.\n');
  });

  it('that is empty, or no program at all', async () => {
    expect(await refused(['run', 'p'], { p: '' })).toBe('p: The file is empty; it should be an ELF program or assembler source.\n');
    expect(await refused(['run', 'p'], { p: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]) })).toMatch(SENTENCE);
  });

  it('of another machine', async () => {
    const elf = readGuest('hello_asm').slice();
    elf.set([0, 20], 18); // e_machine: EM_PPC
    expect(await refused(['run', 'p'], { p: elf })).toMatch(/^p: The program is for 32-bit PowerPC; .*\.\n$/);
    elf.set([0, 183], 18);
    expect(await refused(['run', 'p'], { p: elf })).toMatch(/^p: .*ppc64.*\.\n$/);
  });

  it('that was cut short anywhere', async () => {
    const elf = readGuest('hello_asm');
    for (let size = 0; size < elf.length; size += 1 + Math.floor(elf.length / 31)) {
      const { status, err } = await refault(['run', 'p', '--max-cycles', '10000'], { p: elf.subarray(0, size) });
      expect(err, `cut at ${String(size)}`).not.toContain('mistake in Refault');
      if (status === 125) expect(err, `cut at ${String(size)}`).toMatch(SENTENCE);
    }
    const cut = await refused(['run', 'p'], { p: elf.subarray(0, 100) });
    expect(cut).toMatch(/^p: The file is damaged or cut short: .*\.\n$/);
  });

  it('with any byte of its headers damaged', async () => {
    const elf = buildElf(smallPpcPlan());
    for (let at = 0; at < Math.min(elf.length, 0x100); at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = elf.slice();
        damaged[at] = value;
        const { err } = await refault(['disasm', 'p'], { p: damaged });
        expect(err, `byte ${String(at)} = ${String(value)}`).not.toContain('mistake in Refault');
      }
    }
  });

  it('with damaged headers that is run nevertheless', async () => {
    const elf = buildElf(smallPpcPlan());
    for (let at = 16; at < 0xb0; at += 7) {
      const damaged = elf.slice();
      damaged[at] = 0xff;
      const { status, err } = await refault(['run', 'p', '--max-cycles', '2000', '--memory', '1M'], { p: damaged });
      expect(err, `byte ${String(at)}`).not.toContain('mistake in Refault');
      if (status === 125) expect(err, `byte ${String(at)}`).toMatch(SENTENCE);
    }
  });

  it('whose source has mistakes: all of them, with line and column', async () => {
    const source = '_start: nopp\n\tli 3,99999\n\taddi 3\n\tli 3,nowhere\n';
    const err = await refused(['run', 'bad.s'], { 'bad.s': source });
    expect(err.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual(['bad.s:1:9', 'bad.s:2:7', 'bad.s:3:7', 'bad.s:4:7', '']);
    expect(await refused(['compare', 'bad.s'], { 'bad.s': source })).toBe(err);
    expect(await refused(['asm', 'bad.s'], { 'bad.s': source })).toBe(err);
  });

  it('whose settings are wrong: all of them', async () => {
    const settings = ['spes=17', 'spes=x', 'memory=1K', 'page-size=8K', 'ppe-threads=3', 'cycles-per-second=1', 'nothing=1', 'device', 'device d answers=maybe', 'device d answers=wait', 'device d size=-1', 'limit', 'limit [heap]', 'swap=x', 'swap=3G', 'disk=5G', 'init=maybe', 'fail', 'fail read:/tmp/x', 'fail erase:/tmp/x=1', 'fail read:x=1', 'fail read:/tmp/x=3-1'];
    const source = `${settings.map((setting) => `# refault: ${setting}\n`).join('')}${GOOD}`;
    const lines = (await refused(['run', 'p.s'], { 'p.s': source })).trimEnd().split('\n');
    expect(lines.map((line) => /^p\.s:\d+:3: .*\.$/.test(line))).toEqual(settings.map(() => true));
  });
});

describe('an option', () => {
  it.each([
    [['--kernel', '2.4'], `There is no kernel profile "2.4"; there are ${PROFILES.map(({ name }) => name).join(', ')}.`],
    [['--kernel', '2.6.18,oomKills=both'], 'The choice "oomKills" of a kernel profile is "thread" or "group", not "both".'],
    [['--kernel', 'oomKills=group'], '--kernel takes the name of a kernel in front of its choices: --kernel 2.6.18-retry,oomKills=group.'],
    [['--kernel', '2.6.18,2.6.18-retry'], '--kernel takes one kernel, and choices of it as NAME=VALUE: --kernel 2.6.18-retry; "refault compare" takes several.'],
    [['--kernel', '2.6.18,retryFolded=false'], '"retryFolded": false is about what do_no_page does with NOPAGE_RETRY, which that of the kernel 2.6.18 does not know: take 2.6.18-retry, 2.6.19 or 2.6.21.'],
    [['--kernel', '2.6.18,interruptedWait=retry,nopageRetry=false'], 'A handler cannot answer NOPAGE_RETRY in a kernel whose do_no_page does not know it: leave out "nopageRetry": false.'],
    [['--spes', '17'], '--spes takes a whole number from 0 to 16, not "17".'],
    [['--spes=-1'], '--spes takes a whole number from 0 to 16, not "-1".'],
    [['--memory', '64K'], '--memory has to be from 1M to 2G: bytes, or a number with K, M or G.'],
    [['--memory', '3G'], '--memory has to be from 1M to 2G: bytes, or a number with K, M or G.'],
    [['--swap', 'much'], '--swap has to be at most 2G: bytes, or a number with K, M or G.'],
    [['--disk', '5G'], '--disk has to be at most 4G: bytes, or a number with K, M or G.'],
    [['--memory', 'much'], '--memory has to be from 1M to 2G: bytes, or a number with K, M or G.'],
    [['--memory', '1048577'], 'The machine\'s memory must be a positive multiple of 64 KiB; 1048577 bytes is not.'],
    [['--page-size', '8K'], '--page-size takes 4K or 64K, not "8K".'],
    [['--max-cycles', '0'], '--max-cycles takes a whole number from 1 to 9007199254740991, not "0".'],
    [['--max-cycles', '1e6'], '--max-cycles takes a whole number from 1 to 9007199254740991, not "1e6".'],
    [['--devices', 'none.json'], '"none.json" does not exist; check its path.'],
  ])('%j', async (options, sentence) => {
    expect(await refused(['run', 'p.s', ...options], { 'p.s': GOOD })).toBe(`refault: ${sentence}\n`);
  });

  it('that leaves too little memory for the program', async () => {
    const large = `${GOOD}.data\n.fill 4000000,1,1\n`;
    expect(await refused(['run', 'p.s', '--memory', '1M'], { 'p.s': large })).toBe('refault: The machine\'s memory is too small for p.s.\n');
    expect(await refused(['run', 'p.s', '--memory', '1M', '--page-size', '64K'], { 'p.s': large })).toMatch(/^refault: The machine's memory is too small for .*\.\n$/);
  });

  it('that has more arguments than a program can get', async () => {
    expect(await refused(['run', 'p.s', 'x'.repeat(10_000_000)], { 'p.s': GOOD })).toMatch(/^refault: The arguments and the environment of p\.s are too long: .*\.\n$/);
  });
});

describe('a devices file', () => {
  const one = (device: object): string => JSON.stringify([device]);
  const page = { answer: 'page' };

  it.each([
    ['', 'The devices file "d.json" is not JSON: Unexpected end of JSON input.'],
    ['[1,\n2', 'The devices file "d.json" is not JSON: '],
    ['{}', 'In the devices file "d.json", devices has to be a list.'],
    ['null', 'In the devices file "d.json", devices has to be a list.'],
    ['[1]', 'In the devices file "d.json", devices[0] has to be an object.'],
    [one({ nopage: [page] }), 'In the devices file "d.json", devices[0].name has to be a string.'],
    [one({ name: 'a' }), 'In the devices file "d.json", devices[0].nopage has to be a list.'],
    [one({ name: 'a', nopage: [] }), 'Devices have to be given at least one answer in nopage; "a" has none.'],
    [one({ name: '../a', nopage: [page] }), 'Devices have to be named with a letter and then letters, digits, ".", "-" and "_"; "../a" is not.'],
    [one({ name: 'null', nopage: [page] }), 'Devices have to be of different names; /dev/null is there already.'],
    [JSON.stringify([{ name: 'a', nopage: [page] }, { name: 'a', nopage: [page] }]), 'Devices have to be of different names; /dev/a is there twice.'],
    [one({ name: 'a', size: 0, nopage: [page] }), 'In the devices file "d.json", devices[0].size has to be a whole number from 1.'],
    [one({ name: 'a', size: '4K', nopage: [page] }), 'In the devices file "d.json", devices[0].size has to be a whole number from 1.'],
    [one({ name: 'a', nopage: [page], answers: [] }), 'In the devices file "d.json", devices[0].answers has to be left out: there is no such setting (there are name, nopage, size).'],
    [one({ name: 'a', nopage: [{ answer: 'maybe' }] }), 'In the devices file "d.json", devices[0].nopage[0].answer has to be "page" or "sigbus" or "oom" or "retry" or "install" or "wait".'],
    [one({ name: 'a', nopage: [{ answer: 'page', count: 0 }] }), 'In the devices file "d.json", devices[0].nopage[0].count has to be a whole number from 1.'],
    [one({ name: 'a', nopage: [{ answer: 'wait' }] }), 'Devices have to be given cycles in every answer "wait"; "a" has one without.'],
    [one({ name: 'a', nopage: [{ answer: 'wait', cycles: 1, interruptible: 'no' }] }), 'In the devices file "d.json", devices[0].nopage[0].interruptible has to be true or false.'],
  ])('%s', async (content, sentence) => {
    const err = await refused(['run', 'p.s', '--devices', 'd.json'], { 'p.s': GOOD, 'd.json': content });
    expect(err).toMatch(SENTENCE);
    expect(err.startsWith(`refault: ${sentence}`)).toBe(true);
  });
});
