import { describe, expect, it } from 'vitest';
import { refault } from '../support/refault.ts';

describe('refault listing', () => {
  it('shows the proposal: two lines', async () => {
    const { out, status } = await refault(['listing', '--kernel', '2.6.18', '--compare', '2.6.18-retry']);
    expect(status).toBe(0);
    expect(out.split('\n').filter((line) => /^[-+] (?!Linux)/.test(line))).toEqual([
      '+ NOPAGE_RETRY: leave the PTE alone, answer VM_FAULT_MINOR',
      '+ a signal ended the wait: NOPAGE_RETRY',
    ]);
    expect(out).toMatch(/2 lines differ, in 2 paths\.\n$/);
  });

  it('has the paths and steps of each kernel (facts 2.3, 3.5)', async () => {
    const paths = async (kernel: string): Promise<string[]> =>
      (await refault(['listing', '--kernel', kernel])).out.split('\n').map((line) => line.split('  ')[0] ?? '').filter((name) => /^do_(no_p|linear)|^__do_fault|^spufs_ps_/.test(name));
    expect(await paths('2.6.18')).toEqual(['do_no_page', 'spufs_ps_nopage']);
    expect(await paths('2.6.21')).toEqual(['do_no_page', 'do_no_pfn', 'spufs_ps_nopfn']);
    expect(await paths('2.6.23')).toEqual(['__do_fault', 'do_linear_fault', 'do_no_pfn', 'spufs_ps_nopfn']);
    expect(await paths('2.6.27')).toEqual(['__do_fault', 'do_linear_fault', 'spufs_ps_fault']);
    expect((await refault(['listing', 'spufs_ps_fault', '--kernel', '2.6.30'])).out).toContain('SIGKILL is pending: VM_FAULT_SIGBUS');
    expect((await refault(['listing', 'do_no_page', '--kernel', '2.6.19'])).out).toContain('NOPAGE_REFAULT: leave the PTE alone, answer VM_FAULT_MINOR');
  });

  it.each([
    [['do_nopage'], 'There is no kernel path "do_nopage"; did you mean "do_no_page"?'],
    [['do_no_page', '--kernel', '2.6.27'], 'Linux 2.6.27 has no do_no_page; "refault listing --kernel 2.6.27" names the paths that it has.'],
    [['--kernel', '2.6.18,spufsHandler=fault'], '"spufsHandler": "fault" does not go with the kernel 2.6.18, which asks handlers of the kind nopage only.'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    expect(await refault(['listing', ...args])).toEqual({ status: 125, out: '', err: `refault: ${sentence}\n`, written: new Map() });
  });
});
