/** The page about a fault: for each outcome and origin, made from a record. What it should say is in docs/facts.md, sections 3.5, 5.2 and 7. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factAnchor } from '../../extension/first/explain/factLinks.ts';
import { happened } from '../../extension/first/explain/happened.ts';
import type { Localizer } from '../../extension/first/explain/localizer.ts';
import { otherKernels } from '../../extension/first/explain/otherKernels.ts';
import { faultPage } from '../../extension/first/explain/page.ts';
import { reasons } from '../../extension/first/explain/reasons.ts';
import type { FaultRow } from '../../src/adapter/protocol.ts';
import { profileOf } from '../../src/sim/kernel/profile/lookup.ts';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';

const english: Localizer = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

const served: FaultRow = {
  id: 4, cycle: 1234567, outcome: 'MINOR', attempt: 1, origin: 'ppe', task: '7 main', pc: '0x10000180', symbol: 'touch', line: 132, source: { path: '/work/retry.s' },
  ea: '0x4000000000c', access: 'write', mapping: '/tmp/data', handler: 'filemap_nopage', handlerAnswer: 'page', coreAnswer: 'VM_FAULT_MINOR = 2', waited: 0, pte: 'core',
};
const registers = { mapping: '/spu/other/signal1', handler: 'spufs_ps_nopage' } as const;
const interruptedRetry: FaultRow = { ...served, ...registers, outcome: 'RETRY', handlerAnswer: 'NOPAGE_RETRY', waited: 398319, interruptedBy: 'SIGALRM', pte: 'nobody' };
const interruptedSigbus: FaultRow = {
  ...interruptedRetry, outcome: 'SIGBUS', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: 'VM_FAULT_SIGBUS = 1', signal: 'SIGBUS (BUS_ADRERR)',
};
const nowhere: FaultRow = ((): FaultRow => {
  const { coreAnswer: _, ...rest } = served;
  return { ...rest, outcome: 'SIGSEGV', mapping: '', handler: '', handlerAnswer: 'none', signal: 'SIGSEGV (SEGV_MAPERR)', pte: 'nobody' };
})();

const story = (row: FaultRow, kernel = '2.6.18-retry'): string => happened({ row, profile: profileOf(kernel) }, english).join(' ');
const why = (row: FaultRow, kernel = '2.6.18-retry'): string => reasons({ row, profile: profileOf(kernel) }, english).map(({ text }) => text).join(' ');
const elsewhere = (row: FaultRow, kernel = '2.6.18-retry'): Readonly<Record<string, string>> =>
  Object.fromEntries(otherKernels({ row, profile: profileOf(kernel) }, PROFILES, english).map(({ name, outcome }) => [name, outcome]));

describe('what happened', () => {
  it('is told from the access to its repetition', () => {
    const text = story(interruptedRetry);
    const order = ['`7 main` wrote to `0x4000000000c` in `/spu/other/signal1`', '(retry.s:132)', 'asked the handler', '398\u202f319 cycles, until `SIGALRM`', 'answered `NOPAGE_RETRY` and set no page-table entry', 'made `VM_FAULT_MINOR = 2` of that', 'same instruction was then executed again'];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('says who got which signal, and who was killed', () => {
    expect(story(interruptedSigbus)).toContain('sent the signal `SIGBUS (BUS_ADRERR)`');
    expect(story({ ...served, outcome: 'OOM', handlerAnswer: 'NOPAGE_OOM', killed: 'thread', pte: 'nobody' })).toContain('killed this thread with SIGKILL; the other threads of the program went on');
    expect(story({ ...served, outcome: 'OOM', handlerAnswer: 'VM_FAULT_OOM', killed: 'group', pte: 'nobody' })).toContain('killed the whole program');
  });

  it('knows the three origins, and each way of access', () => {
    expect(story({ ...served, access: 'read' })).toContain('read `0x4000000000c`');
    expect(story({ ...served, access: 'execute' })).toContain('went on to the instruction at');
    const dma: FaultRow = { ...served, origin: 'mfc', context: 'worker', spe: 3, command: 'get' };
    expect(story(dma)).toContain('The MFC of SPE 3 wrote to');
    expect(story({ ...dma, access: 'read' })).toContain('for the command `get` that context `worker` gave');
    expect(story(dma)).toContain('The MFC then took up its command again');
    expect(story({ ...served, origin: 'kernel' })).toContain('memory of task `7 main`');
    expect(story({ ...served, origin: 'kernel', outcome: 'SIGBUS', pte: 'nobody' })).toContain('EFAULT');
  });

  it('says where no handler was asked, and why', () => {
    expect(story(nowhere)).toContain('looked for the mapping of the address, and there is none');
    expect(story({ ...nowhere, mapping: '/tmp/data' })).toContain('does not allow this access');
    expect(story({ ...served, mapping: '[heap]', handler: 'anonymous', handlerAnswer: 'none' })).toContain('no file behind it');
    expect(story({ ...served, mapping: '[heap]', handler: 'anonymous', handlerAnswer: 'none', trail: [{ path: 'do_swap_page', step: 0 }] })).toContain('swap device');
  });

  it('counts attempts, and calls a livelock one', () => {
    expect(story({ ...interruptedRetry, attempt: 100, retryOf: 3, livelock: true })).toMatch(/attempt 100 of the same access; fault 3.*livelock/);
  });
});

describe('why', () => {
  it('an interrupted wait ends in RETRY or SIGBUS: the subject of the proposal', () => {
    expect(why(interruptedRetry)).toContain('killed by a SIGBUS that it did nothing to deserve');
    expect(why(interruptedSigbus, '2.6.18')).toContain('Nothing was wrong with the access');
  });

  it('RETRY has other meanings: a page of the handler\'s own, nothing at all, a context without an owner, mmap_sem let go', () => {
    const row: FaultRow = { ...served, outcome: 'RETRY', handlerAnswer: 'NOPAGE_RETRY' };
    expect(why({ ...row, handler: 'device_nopage', pte: 'handler' })).toContain('installed the page-table entry itself');
    expect(why({ ...row, handler: 'device_nopage', pte: 'nobody' })).toContain('nothing to give');
    expect(why({ ...row, ...registers, pte: 'nobody', trail: [{ path: 'spu_acquire_runnable', step: 0 }] })).toContain('Nobody owns the context');
    expect(why({ ...row, ...registers, pte: 'nobody', trail: [{ path: 'spu_acquire', step: 0 }] }, '2.6.25')).toContain('let go of mmap_sem');
  });

  it('each other outcome has its reason by what was touched', () => {
    const refused: FaultRow = { ...served, outcome: 'SIGBUS', handlerAnswer: 'NOPAGE_SIGBUS', pte: 'nobody' };
    expect(why(refused)).toContain('The file has no such page');
    expect(why({ ...refused, handlerAnswer: 'page' })).toContain('page_mkwrite');
    expect(why({ ...refused, ...registers })).toContain('past the end of the register area');
    expect(why({ ...refused, handler: 'spufs_mem_nopfn' })).toContain('256 KiB');
    expect(why({ ...refused, handler: 'device_nopage' })).toContain('driver');
    expect(why({ ...served, handler: 'anonymous', handlerAnswer: 'none' })).toContain('first touch');
    expect(why({ ...served, handler: 'anonymous', handlerAnswer: 'none', trail: [{ path: 'do_wp_page', step: 0 }] })).toContain('first write');
    expect(why({ ...served, outcome: 'MAJOR' })).toContain('disk');
    expect(why({ ...served, outcome: 'MAJOR', handler: 'anonymous' })).toContain('swap device');
    expect(why(nowhere)).toContain('No mapping holds the address');
    expect(why({ ...served, outcome: 'OOM', killed: 'thread' }, '2.6.18')).toContain('only that one');
    expect(why({ ...served, outcome: 'OOM', killed: 'group' }, '2.6.30')).toContain('the whole program');
  });

  it('an SPE\'s fault is served by its thread, and a kernel\'s own RETRY leads back into the kernel', () => {
    expect(why({ ...served, origin: 'mfc' })).toContain('sleeps in spu_run');
    expect(why({ ...interruptedRetry, origin: 'kernel' })).toContain('for ever');
    expect(why({ ...served, origin: 'kernel' })).toContain('system call');
  });
});

describe('what other kernels would have done', () => {
  it('with an interrupted wait for an SPE: rows 29 to 31 of the facts', () => {
    const expected = { '2.6.18': 'SIGBUS', '2.6.19': 'SIGBUS', '2.6.21': 'RETRY', '2.6.23': 'RETRY', '2.6.25': 'RETRY', '2.6.27': 'RETRY', '2.6.30': 'RETRY' };
    expect(elsewhere(interruptedRetry)).toEqual(expected);
    const { '2.6.18': _, ...others } = expected;
    expect(elsewhere(interruptedSigbus, '2.6.18')).toEqual({ '2.6.18-retry': 'RETRY', ...others });
  });

  it('with SIGKILL in the wait: row 32', () => {
    expect(elsewhere({ ...interruptedRetry, interruptedBy: 'SIGKILL' })).toMatchObject({ '2.6.27': 'RETRY', '2.6.30': 'SIGBUS' });
  });

  it('with a context that nobody owns: rows 34 to 36', () => {
    const row: FaultRow = { ...served, ...registers, outcome: 'SIGBUS', handlerAnswer: 'NOPAGE_SIGBUS', pte: 'nobody', trail: [{ path: 'spu_acquire_runnable', step: 0 }] };
    expect(elsewhere(row)).toEqual({ '2.6.18': 'SIGBUS', '2.6.19': 'SIGBUS', '2.6.21': 'RETRY', '2.6.23': 'RETRY', '2.6.25': 'RETRY', '2.6.27': 'RETRY', '2.6.30': 'RETRY' });
  });

  it('with registers that could be given: rows 21 and 22', () => {
    expect(elsewhere({ ...served, ...registers })).toMatchObject({ '2.6.18': 'MINOR', '2.6.19': 'MINOR', '2.6.21': 'RETRY', '2.6.27': 'RETRY' });
  });

  it('beyond the local store: rows 39 and 40', () => {
    expect(elsewhere({ ...served, outcome: 'SIGBUS', handler: 'spufs_mem_nopfn', handlerAnswer: 'NOPFN_SIGBUS', pte: 'nobody' }, '2.6.21')).toMatchObject({ '2.6.18': 'MINOR', '2.6.19': 'MINOR', '2.6.23': 'SIGBUS' });
  });

  it('with a driver that says "again": row 43', () => {
    expect(elsewhere({ ...served, outcome: 'RETRY', handler: 'device_nopage', handlerAnswer: 'NOPAGE_RETRY', pte: 'handler' }))
      .toMatchObject({ '2.6.18': 'SIGBUS', '2.6.19': 'RETRY', '2.6.21': 'RETRY', '2.6.23': 'RETRY' });
  });

  it('with a DMA to a bad address (facts 5.2), and with nothing that changed', () => {
    const badDma: FaultRow = { ...nowhere, origin: 'mfc', outcome: 'SIGBUS', signal: 'SIGBUS (BUS_ADRERR)' };
    expect(elsewhere(badDma)).toMatchObject({ '2.6.18': 'SIGBUS', '2.6.23': 'SIGBUS', '2.6.25': 'SIGSEGV' });
    expect(new Set(Object.values(elsewhere(served)))).toEqual(new Set(['MINOR']));
    expect(new Set(Object.values(elsewhere(nowhere)))).toEqual(new Set(['SIGSEGV']));
  });
});

describe('the page', () => {
  const page = faultPage({ row: { ...interruptedRetry, trail: [{ path: 'do_page_fault', step: 1 }, { path: 'do_no_page', step: 2 }, { path: 'gone', step: 0 }] }, profile: profileOf('2.6.18-retry') }, {
    program: 'retry.s', profiles: PROFILES,
    listed: (path, step) => (path === 'gone' ? undefined : { text: `a [step] of ${path}`, line: step + 3, address: `Linux/${path}.kernel` }),
    fact: (section) => `docs/facts.md#${section}`,
  }, english);

  it('leads to each line of the listings that it names, and shows their text as it is', () => {
    expect(page).toContain('[`do_page_fault`](Linux/do_page_fault.kernel#L4)');
    expect(page).toContain('[line 5](Linux/do_no_page.kernel#L5): a \\[step\\] of do\\_no\\_page');
    expect(page).not.toContain('gone');
  });

  it('leads to the facts', () => {
    expect(page).toContain('[3.5](docs/facts.md#3.5)');
  });

  it('has headings in order, and a row for each other kernel', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(['What happened', 'Why', 'Its way through the kernel', 'What other kernels would have done']);
    expect(page.match(/^\| 2\.6/gm)).toHaveLength(PROFILES.length - 1);
  });
});

describe('links to the facts', () => {
  // As GitHub and VS Code make anchors of headings.
  const anchors = new Map([...readFileSync('docs/facts.md', 'utf8').matchAll(/^#+ ((\d(?:\.\d)?)\.? .*)$/gm)]
    .map(([, heading = '', section = '']) => [section, `#${heading.trim().toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')}`]));
  const used = new Set(['RETRY', 'SIGBUS', 'OOM', 'SIGSEGV', 'MINOR', 'MAJOR'].flatMap((outcome) => ['ppe', 'mfc', 'kernel'].flatMap((origin) =>
    ['filemap_nopage', 'spufs_ps_nopage', 'spufs_mem_nopage', 'anonymous', 'device_nopage'].flatMap((handler) => {
      const row: FaultRow = { ...served, outcome: outcome as FaultRow['outcome'], origin: origin as FaultRow['origin'], handler, livelock: true };
      return reasons({ row, profile: profileOf('2.6.18') }, english).flatMap(({ facts }) => facts);
    }))));

  it('meet their sections', () => {
    for (const section of [...used, '1.1', '1.2', '5.2']) expect(factAnchor(section), section).toBe(anchors.get(section));
  });
});
