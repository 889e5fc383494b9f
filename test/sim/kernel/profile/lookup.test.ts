import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';

describe('profiles', () => {
  it('have the numbers of 2.6.18 (facts 1.3)', () => {
    expect(profileOf('2.6.18').vmFault).toEqual({ oom: 0, sigbus: 1, minor: 2, major: 3, write: 0x10 });
    expect(profileOf()).toBe(profileOf('2.6.18-retry'));
  });

  it('differ in the proposal and nothing else', () => {
    const { name: _a, release: _b, ...before } = profileOf('2.6.18');
    const { name: _c, release: _d, ...after } = profileOf('2.6.18-retry');
    expect({ ...before, nopageRetry: true, interruptedWait: 'retry' }).toEqual(after);
  });

  it('take overrides; asking for RETRY brings a core that knows it', () => {
    expect(profileOf({ base: '2.6.18', interruptedWait: 'retry' })).toMatchObject({
      name: '2.6.18 with interruptedWait=retry', nopageRetry: true, interruptedWait: 'retry', deadContext: 'sigbus',
    });
    expect(profileOf({ oomKills: 'group' })).toMatchObject({ interruptedWait: 'retry', oomKills: 'group' });
  });

  it.each([
    ['2.4.0', 'There is no kernel profile "2.4.0"; there are 2.6.18, 2.6.18-retry.'],
    [{ base: '2.6.18', colour: 'red' }, /no choice "colour"; there are nopageRetry, interruptedWait/],
    [{ base: '2.6.18', toString: 'red' }, /no choice "toString"; there are nopageRetry, interruptedWait/],
    [{ interruptedWait: 'maybe' }, 'The choice "interruptedWait" of a kernel profile is "sigbus" or "retry", not "maybe".'],
    [{ psMapLimit: 5 }, /a number of bytes, a multiple of 4096, not 5/],
    [{ base: '2.6.18', interruptedWait: 'retry', nopageRetry: false }, /leave out "nopageRetry": false/],
    [{ base: '2.6.18-retry', nopageRetry: false }, /does not go with the kernel 2.6.18-retry/],
  ])('refuse %j with a sentence', (chosen, message) => {
    expect(() => profileOf(chosen)).toThrow(message);
  });
});
