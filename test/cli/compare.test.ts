import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import { fakeIo } from '../support/fakeIo.ts';
import { refault } from '../support/refault.ts';

/** The kernels of the proposal. */
const TWO = '2.6.18,2.6.18-retry';
const ALL = PROFILES.map(({ name }) => name);
const RETRY = readFileSync(new URL('../../examples/retry.s', import.meta.url), 'utf8');

describe('refault compare', () => {
  it('shows how the program ended, outcomes by mapping, and where the kernels differ', async () => {
    const { out, err, status } = await refault(['compare', 'retry.s', '--kernels', '2.6.18,2.6.18-retry'], { 'retry.s': RETRY });
    expect([err, status]).toEqual(['', 0]);
    expect(out).toContain('\n2.6.18             4  The program was killed by SIGBUS.\n2.6.18-retry       7  The program ended with status 0.\n');
    expect(out).toMatch(/\n\/spu\/other\/signal1 +SIGBUS 1 +RETRY 1\n +MINOR 1\n/);
    expect(out).toMatch(/\nwhere they differ +2\.6\.18 +2\.6\.18-retry\nwrite \/spu\/other\/signal1 +SIGBUS +RETRY\n {2}retry\.s:132\n/);
    expect(out).toMatch(/\nFirst difference: write \/spu\/other\/signal1 at retry\.s:132\n {2}2\.6\.18: SIGBUS: .*SIGBUS, si_code 2\n {2}2\.6\.18-retry: RETRY: the handler said NOPAGE_RETRY, the core VM_FAULT_MINOR = 2; /);
    expect(out).toMatch(/\nspufs_ps_nopage: no SPE: NOPAGE_SIGBUS +\| spufs_ps_nopage: a signal ended the wait: NOPAGE_RETRY\n/);
  });

  it('has eight columns in 120, which agree with the rows 25, 29, 30 and 31 of the facts', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', 'all'], { 'retry.s': RETRY });
    const lines = out.split('\n');
    expect(Math.max(...lines.filter((line) => !line.includes('Deadlock') && !line.includes(': the handler said')).map((line) => line.length))).toBeLessThanOrEqual(120);
    const touched = lines.find((line) => line.startsWith('write /spu/other/signal1 ')) ?? '';
    expect(touched.split(/ +/).slice(2)).toEqual(['SIGBUS', 'RETRY', 'SIGBUS', 'RETRY', 'RETRY', 'RETRY', 'RETRY', 'RETRY']);
    const ends = lines.slice(1, 9).map((line) => /(killed by SIGBUS|status 0|Deadlock)/.exec(line)?.[0]);
    expect(ends).toEqual(['killed by SIGBUS', 'status 0', 'killed by SIGBUS', 'status 0', 'status 0', 'Deadlock', 'Deadlock', 'Deadlock']);
  });

  it('lists what does not fit into a narrow terminal', async () => {
    const io = { ...fakeIo({ 'retry.s': RETRY }), columns: 60 };
    await dispatch(COMMANDS, ['compare', 'retry.s', '--kernels', 'all'], io);
    expect(io.printed.out).toContain('\nmapping:\n/retry.s\n  2.6.18        MINOR 3\n  2.6.18-retry  MINOR 3\n');
    expect(io.printed.out).toContain('\n- spufs_ps_nopage: no SPE: NOPAGE_SIGBUS\n+ spufs_ps_nopage: a signal ended the wait: NOPAGE_RETRY\n');
  });

  it('counts the steps that both took far from where the kernels part; Markdown has them all', async () => {
    const args = ['compare', 'retry.s', '--kernels', TWO];
    const { out } = await refault(args, { 'retry.s': RETRY });
    const { out: markdown } = await refault([...args, '--markdown'], { 'retry.s': RETRY });
    const steps = markdown.split('\n').filter((line) => /^[-+ ] \w+: /.test(line));
    const apart = steps.findIndex((line) => !line.startsWith(' '));
    const [, left = ''] = /\n\.\.\. (\d+) steps that both took +\|/.exec(out) ?? [];
    // Four steps stand before the first that only one kernel took.
    expect(Number(left)).toBe(apart - 4);
    expect(out).toContain('\ndo_page_fault: release mmap_sem; SIGBUS at the address ');
  });

  it('prints Markdown', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', '2.6.18,2.6.18-retry', '--markdown'], { 'retry.s': RETRY });
    expect(out).toContain('| `/spu/other/signal1` | SIGBUS 1 | RETRY 1<br>MINOR 1 |\n');
    expect(out).toContain('\n```diff\n- 2.6.18\n+ 2.6.18-retry\n');
  });

  it('runs each kernel under each policy; long names have numbers', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', '2.6.18-retry', '--policies', 'unlimited,once'], { 'retry.s': RETRY });
    expect(out).toMatch(/^# +kernel +faults +end\n1 +2\.6\.18-retry with interruptedRetry=unlimited, pageCacheRetry=unlimited +7 /);
    expect(out).toMatch(/\n2 +2\.6\.18-retry with interruptedRetry=once, pageCacheRetry=once +7 /);
    expect(out).toMatch(/\nmapping +1 +2\n/);
    expect(await refault(['compare', 'retry.s', '--policies', 'twice'], { 'retry.s': RETRY })).toMatchObject({ status: 125, err: expect.stringContaining('--policies') as string });
  });

  it('takes the kernels in the order in which they are named', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', '2.6.18-retry, 2.6.18'], { 'retry.s': RETRY });
    expect(out).toMatch(/\nmapping +2\.6\.18-retry +2\.6\.18\n/);
  });

  it('prints the runs as a list of the objects that run prints', async () => {
    const { out, status } = await refault(['compare', 'retry.s', '--kernels', TWO, '--json'], { 'retry.s': RETRY });
    const one = await refault(['run', 'retry.s', '--json', '--kernel', '2.6.18'], { 'retry.s': RETRY });
    const runs = JSON.parse(out) as unknown[];
    expect(runs).toHaveLength(2);
    expect(runs[0]).toEqual(JSON.parse(one.out));
    expect([status, one.status]).toEqual([0, 128 + 7]);
  });

  it('ends each run at the limit of cycles', async () => {
    const { out, status } = await refault(['compare', 'p.s', '--max-cycles', '10000'], { 'p.s': '_start: b .\n' });
    expect(out.match(/The run was ended at the limit of cycles\./g)).toHaveLength(8);
    expect(status).toBe(0);
  });

  it.each([
    [',', `--kernels needs at least one kernel: --kernels ${ALL.join(',')}.`],
    ['2.6.18,2.7', `There is no kernel profile "2.7"; there are ${ALL.join(', ')}.`],
  ])('refuses the kernels "%s" before anything runs', async (kernels, sentence) => {
    expect(await refault(['compare', 'p.s', '--kernels', kernels], { 'p.s': '_start: b .\n' })).toEqual({ status: 125, out: '', err: `refault: ${sentence}\n`, written: new Map() });
  });
});
