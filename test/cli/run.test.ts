import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedOutput, readGuest } from '../support/guests.ts';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { refault } from '../support/refault.ts';

/** Ends with a status. */
const exit = (status: number): string => `_start: li 0,234\n li 3,${String(status)}\n sc\n`;
const SPIN = '_start: b _start\n';

/** Copies its input to its output, then writes its arguments, a line each. */
const ECHO = `_start:
        mr      20, 4                   # argv
copy:   li      0, 3                    # read(0, buffer, 4)
        li      3, 0
        lis     4, buffer@ha
        addi    4, 4, buffer@l
        li      5, 4
        sc
        cmpwi   3, 0
        ble     next
        mr      5, 3
        li      0, 4                    # write(1, buffer, what was read)
        li      3, 1
        sc
        b       copy
next:   ld      4, 0(20)
        addi    20, 20, 8
        cmpdi   4, 0
        beq     end
        li      5, 0
length: lbzx    6, 4, 5
        addi    5, 5, 1
        cmpwi   6, 0
        bne     length
        subi    5, 5, 1
        li      0, 4
        li      3, 1
        sc
        li      0, 4
        li      3, 1
        lis     4, newline@ha
        addi    4, 4, newline@l
        li      5, 1
        sc
        b       next
end:    li      0, 234
        li      3, 0
        sc
        .data
newline: .ascii "\\n"
        .bss
buffer: .space  4
`;

describe('programs of the GNU tools', () => {
  it.each([
    ['hello_asm', 7], ['hello_printf', 42], ['sieve', 0], ['qsortmalloc', 0], ['protnone', 0],
  ] as const)('%s prints what it should and ends with %i', async (name, status) => {
    const ran = await refault(['run', name], { [name]: readGuest(name) });
    const expected = expectedOutput(name);
    expect(ran.out.slice(0, expected.length)).toBe(expected);
    expect(ran.status).toBe(status);
    expect(ran.out).toContain(`\nThe program ended with status ${String(status)}.\n`);
    expect(ran.err).toBe(name === 'hello_printf' ? 'to stderr\n' : '');
  });
});

describe('the exit status', () => {
  it('is the guest\'s own', async () => {
    expect((await refault(['run', 'p.s'], { 'p.s': exit(0) })).status).toBe(0);
    expect((await refault(['run', 'p.s'], { 'p.s': exit(200) })).status).toBe(200);
  });

  it('is 128 and the signal that killed it', async () => {
    const { status, out } = await refault(['run', 'p.s'], { 'p.s': '_start: li 3,0\n stw 3,0(3)\n' });
    expect(status).toBe(128 + 11);
    expect(out).toMatch(/\bSIGSEGV +thread 1000 +write +0x0 .*SIGSEGV, si_code 1\n[^]*\nThe program was killed by SIGSEGV\.\n$/);
  });

  it('is 124 at the limit of cycles, exactly there', async () => {
    const { status, out } = await refault(['run', 'p.s', '--max-cycles', '100000'], { 'p.s': SPIN });
    expect(status).toBe(124);
    expect(out).toContain('\n100000 cycles (');
    expect(out).toMatch(/\nThe run was ended at the limit of cycles\.\n$/);
    const json = await refault(['run', 'p.s', '--max-cycles=7', '--json'], { 'p.s': SPIN });
    expect(JSON.parse(json.out)).toMatchObject({ end: { kind: 'limit' } });
  });

  it('is 124 for a program that would have slept beyond the limit', async () => {
    const sleep = '_start: li 0,162\n lis 3,time@ha\n addi 3,3,time@l\n li 4,0\n sc\n li 0,234\n li 3,0\n sc\n .data\ntime: .quad 5,0\n';
    expect((await refault(['run', 'p.s', '--max-cycles', '1000000'], { 'p.s': sleep })).status).toBe(124);
    expect((await refault(['run', 'p.s', '--max-cycles', '500000000'], { 'p.s': sleep })).status).toBe(0);
  });

  it('is 123 where nothing can run any more, and the reason is told', async () => {
    const wait = '_start: li 0,221\n lis 3,word@ha\n addi 3,3,word@l\n li 4,0\n li 5,0\n li 6,0\n sc\n .data\nword: .long 0\n';
    const { status, out } = await refault(['run', 'p.s'], { 'p.s': wait });
    expect(status).toBe(123);
    expect(out).toMatch(/\nDeadlock\. No thread can run and no event is due\. Thread 1000 \(p\.s\) waits for .*futex/);
    const json = JSON.parse((await refault(['run', 'p.s', '--json'], { 'p.s': wait })).out) as { end: { kind: string; waits: { tid: number }[] } };
    expect(json.end.kind).toBe('deadlock');
    expect(json.end.waits.map(({ tid }) => tid)).toEqual([1000]);
  });
});

describe('the fault table', () => {
  const example = readFileSync(new URL('../../examples/self-pte.s', import.meta.url), 'utf8');

  it('has a row for each fault, with what handler and core said and what came of it', async () => {
    const { out, status } = await refault(['run', 'p.s'], { 'p.s': exit(3) });
    expect(out).toBe(`
#  cycle  outcome  by           access   address     mapping  at     handler said  core said           effect
0     80  MINOR    thread 1000  execute  0x10000000  /p.s     p.s:1  page          VM_FAULT_MINOR = 2  PTE by the core

min_flt 1  maj_flt 0  pgfault 1  slb_miss 0  hash_refill 0
${out.split('\n').find((line) => line.includes(' cycles (')) ?? ''}
The program ended with status 3.
`);
    expect(status).toBe(3);
  });

  it('tells a PTE that the handler set from one of the core', async () => {
    const { out } = await refault(['run', 'self-pte.s'], { 'self-pte.s': example });
    expect(out).toMatch(/\bRETRY +thread 1000 .* NOPAGE_RETRY +VM_FAULT_MINOR = 2 .*PTE by the handler\n/);
  });

  it('says that there were none', async () => {
    const { out } = await refault(['run', 'p.s', '--max-cycles', '1'], { 'p.s': exit(0) });
    expect(out).toMatch(/^\nThere were no page faults\.\n\nmin_flt 0 /);
  });
});

describe('--json', () => {
  it('prints one object with the members that are documented, and nothing else', async () => {
    const ran = await refault(['run', 'hello', '--json', '--kernel', '2.6.18'], { hello: readGuest('hello_printf') });
    const json = JSON.parse(ran.out) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(['kernel', 'end', 'stdout', 'stderr', 'cycles', 'instructions', 'counters', 'faults', 'contexts']);
    expect(json).toMatchObject({ kernel: '2.6.18', end: { kind: 'exit', code: 42 }, stdout: expectedOutput('hello_printf'), stderr: 'to stderr\n', contexts: [] });
    expect(Object.keys(json['instructions'] as object)).toEqual(['ppe', 'spu']);
    expect(Object.keys(json['counters'] as object)).toEqual(['min_flt', 'maj_flt', 'pgfault', 'slb_miss', 'hash_refill']);
    expect(ran.status).toBe(42);
    expect(ran.err).toBe('');
  });

  it('has numbers as numbers, addresses as strings and null for what does not apply', async () => {
    const ran = await refault(['run', 'p.s', '--json'], { 'p.s': exit(0) });
    const { faults } = JSON.parse(ran.out) as { faults: unknown[] };
    expect(faults).toEqual([{
      id: 0, cycle: 80, attempt: 1, retryOf: null, origin: 'ppe', task: 1000, context: null, spe: null,
      pc: '0x10000000', symbol: '_start', source: 'p.s:1', command: null, tag: null, ea: '0x10000000', access: 'execute',
      mapping: '/p.s', handler: 'filemap_nopage', handlerAnswer: 'page', coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 },
      outcome: 'MINOR', waited: 0, interruptedBy: null,
      effect: { pte: 'core', signal: null, killed: null, counters: expect.arrayContaining(['min_flt']) as unknown },
      trail: expect.arrayContaining([expect.stringMatching(/^do_page_fault:\d+$/)]) as unknown,
    }]);
  });

  it('names SPE contexts, also those that have ended, with their faults', async () => {
    const source = readFileSync(new URL('../../examples/spe-dma.s', import.meta.url), 'utf8');
    const { contexts } = JSON.parse((await refault(['run', 'dma.s', '--json'], { 'dma.s': source })).out) as { contexts: Record<string, unknown>[] };
    expect(contexts).toHaveLength(1);
    expect(Object.keys(contexts[0] ?? {})).toEqual(['name', 'state', 'spe', 'waited', 'faults']);
  });

  it('keeps what is no UTF-8 as U+FFFD, also at the very end', async () => {
    const bytes = '_start: li 0,4\n li 3,1\n lis 4,text@ha\n addi 4,4,text@l\n li 5,3\n sc\n li 0,234\n li 3,0\n sc\n .data\ntext: .byte 0x41,0xe2,0x82\n';
    expect(JSON.parse((await refault(['run', 'p.s', '--json'], { 'p.s': bytes })).out)).toMatchObject({ stdout: 'A\ufffd' });
  });
});

describe('what a program gets', () => {
  it('is standard input to its end', async () => {
    const { out } = await refault(['run', 'echo.s'], { 'echo.s': ECHO }, 'twelve\ncharacters\n');
    expect(out).toMatch(/^twelve\ncharacters\necho\.s\n\n#/);
  });

  it('is the end of the input where there is none', async () => {
    expect((await refault(['run', 'echo.s'], { 'echo.s': ECHO })).out).toMatch(/^echo\.s\n\n#/);
  });

  it('are the arguments behind its name, also those that look like options', async () => {
    const { out, status } = await refault(['run', 'echo.s', '-x', 'two words', '--json', '--level=3', '--', '--kernel'], { 'echo.s': ECHO });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stdout: 'echo.s\n-x\ntwo words\n--level=3\n--kernel\n' });
  });

  it('is the same input under each kernel', async () => {
    const { out } = await refault(['compare', 'echo.s', '--json'], { 'echo.s': ECHO }, 'once');
    expect((JSON.parse(out) as { stdout: string }[]).map(({ stdout }) => stdout)).toEqual(PROFILES.map(() => 'onceecho.s\n'));
  });
});

describe('the machine', () => {
  /** Ends with totalram of sysinfo, which stands at offset 32. */
  const sysinfo = (shift: number): string => `_start: lis 31,info@ha\n addi 31,31,info@l\n mr 3,31\n li 0,116\n sc\n ld 3,32(31)\n srdi 3,3,${String(shift)}\n li 0,234\n sc\n .bss\ninfo: .space 128\n`;

  it('has the memory that is asked for', async () => {
    const of = async (...options: string[]): Promise<number> => (await refault(['run', 'p.s', ...options], { 'p.s': sysinfo(20) })).status;
    const small = await of('--memory', '16M');
    const large = await of('--memory=64M');
    expect(small).toBeGreaterThan(8);
    expect(small).toBeLessThanOrEqual(16);
    expect(large - small).toBe(48);
  });

  it('has pages of the size that is asked for', async () => {
    const touch = '_start: lis 4,data@ha\n addi 4,4,data@l\n lbz 3,0(4)\n lbz 3,0x2000(4)\n li 0,234\n li 3,0\n sc\n .data\ndata: .fill 0x4000,1,7\n';
    const faults = async (size: string): Promise<number> =>
      (JSON.parse((await refault(['run', 'p.s', '--json', '--page-size', size], { 'p.s': touch })).out) as { faults: unknown[] }).faults.length;
    expect(await faults('4K')).toBe(3);
    expect(await faults('64k')).toBe(2);
  });

  it('has the SPEs that are asked for: with none, a context waits for ever', async () => {
    const source = readFileSync(new URL('../../examples/spe-dma.s', import.meta.url), 'utf8');
    expect((await refault(['run', 'dma.s', '--spes', '1'], { 'dma.s': source })).status).toBe(42);
    const { status, out } = await refault(['run', 'dma.s', '--spes', '0'], { 'dma.s': source });
    expect(status).toBe(123);
    expect(out).toMatch(/waits for the SPE run queue/);
  });

  it('has the devices of a file, and the command line goes before the source\'s own settings', async () => {
    const source = `# refault: device dev answers=sigbus\n${readFileSync(new URL('../../examples/self-pte.s', import.meta.url), 'utf8')}`;
    const name = /device (\S+) .*install/.exec(source)?.[1] ?? '';
    const devices = JSON.stringify([{ name, nopage: [{ answer: 'oom' }] }]);
    const { out } = await refault(['run', 'p.s', '--devices', 'd.json'], { 'p.s': source, 'd.json': devices });
    expect(out).toMatch(/\bOOM +thread .*NOPAGE_OOM +VM_FAULT_OOM/);
  });
});

describe('a host folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'refault-host-'));
  writeFileSync(path.join(folder, 'note.txt'), 'from the host');
  afterAll(() => { rmSync(folder, { recursive: true }); });

  /** open(PATH, O_RDONLY), read, write to standard output; ends with the length. */
  const READ = `_start: lis 3,path@ha
        addi 3,3,path@l
        li 4,0
        li 0,5
        sc
        lis 4,buffer@ha
        addi 4,4,buffer@l
        li 5,64
        li 0,3
        sc
        mr 5,3
        mr 31,3
        li 3,1
        li 0,4
        sc
        mr 3,31
        li 0,234
        sc
        .data
path:   .asciz "/host/note.txt"
        .bss
buffer: .space 64
`;

  it('is under /host', async () => {
    const files = { 'p.s': READ, [`${folder}/note.txt`]: 'from the host' };
    const { out, status } = await refault(['run', 'p.s', '--host-folder', folder], files);
    expect(out).toMatch(/^from the host\n#/);
    expect(status).toBe('from the host'.length);
  });

  it('that is not there is told', async () => {
    const { err, status } = await refault(['run', 'p.s', '--host-folder', `${folder}/nothing`], { 'p.s': READ });
    expect(err).toBe(`refault: The host folder "${folder}/nothing" does not exist; check its path.\n`);
    expect(status).toBe(125);
  });
});
