import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { refault } from '../support/refault.ts';

/** The kernels of the proposal. */
const TWO = '2.6.18,2.6.18-retry';
const ALL = PROFILES.map(({ name }) => name);
const RETRY = readFileSync(new URL('../../examples/retry.s', import.meta.url), 'utf8');

describe('refault compare', () => {
  it('puts the same access under each kernel into one row', async () => {
    const { out, err, status } = await refault(['compare', 'retry.s', '--kernels', TWO], { 'retry.s': RETRY });
    expect([err, status]).toEqual(['', 0]);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^access +at +2\.6\.18 +2\.6\.18-retry$/);
    const row = lines.find((line) => line.includes('NOPAGE_RETRY')) ?? '';
    expect(row).toMatch(/^write \/spu\/\w+\/signal1 +retry\.s:\d+ +SIGBUS, NOPAGE_SIGBUS, VM_FAULT_SIGBUS = 1; wait ended by SIGALRM, SIGBUS, si_code 2 +RETRY, NOPAGE_RETRY, VM_FAULT_MINOR = 2; wait ended by SIGALRM$/);
    expect(out).toMatch(/ MINOR \(attempt 2\), VM_FAULT_MINOR = 2; PTE by the core\n/);
    expect(out).toMatch(/\n\n2\.6\.18: The program was killed by SIGBUS\.\n2\.6\.18-retry: The program ended with status 0\.\n$/);
  });

  it('takes the kernels in the order in which they are named', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', '2.6.18-retry, 2.6.18'], { 'retry.s': RETRY });
    expect(out).toMatch(/^access +at +2\.6\.18-retry +2\.6\.18\n/);
  });

  it('takes choices behind a kernel, one after the other', async () => {
    const { out } = await refault(['compare', 'retry.s', '--kernels', '2.6.18,2.6.18,interruptedWait=retry,oomKills=group'], { 'retry.s': RETRY });
    expect(out).toMatch(/^access +at +2\.6\.18 +2\.6\.18 with interruptedWait=retry, oomKills=group\n/);
    expect(out).toMatch(/\n\n2\.6\.18: The program was killed by SIGBUS\.\n2\.6\.18 with interruptedWait=retry, oomKills=group: The program ended with status 0\.\n$/);
  });

  it('has room for all kernels: outcome and core answer of each, as the facts say (section 7, rows 29 to 31)', async () => {
    const { out, status } = await refault(['compare', 'retry.s', '--kernels', 'all'], { 'retry.s': RETRY });
    const [head = '', ...lines] = out.split('\n');
    expect(head.trim().split(/ {2,}/)).toEqual(['access', 'at', ...ALL]);
    const row = lines.find((line) => /^write \/spu\/\w+\/signal1/.test(line)) ?? '';
    expect(row.trim().split(/ {2,}/).slice(2)).toEqual(['SIGBUS 1', 'RETRY 2', 'SIGBUS 1', 'RETRY 2', 'RETRY 0', 'RETRY 0', 'RETRY 256', 'RETRY 256']);
    expect(Math.max(...lines.slice(0, lines.indexOf('')).map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(status).toBe(0);
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
    expect(out).toContain('2.6.18: The run was ended at the limit of cycles.\n2.6.18-retry: The run was ended at the limit of cycles.\n');
    expect(status).toBe(0);
  });

  it.each([
    [',', `--kernels needs at least one kernel: --kernels ${ALL.join(',')}.`],
    ['2.6.18,2.7', `There is no kernel profile "2.7"; there are ${ALL.join(', ')}.`],
  ])('refuses the kernels "%s" before anything runs', async (kernels, sentence) => {
    expect(await refault(['compare', 'p.s', '--kernels', kernels], { 'p.s': '_start: b .\n' })).toEqual({ status: 125, out: '', err: `refault: ${sentence}\n` });
  });
});
