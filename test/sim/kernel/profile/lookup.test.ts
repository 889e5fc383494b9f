import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';
import { PROFILES } from '../../../../src/sim/kernel/profile/tables.ts';

describe('profiles', () => {
  it('have the numbers of 2.6.18, and from 2.6.23 on flags (facts 1.3)', () => {
    const { form: _form, ...numbers } = profileOf('2.6.18').vmFault;
    expect(numbers).toEqual({ oom: 0, sigbus: 1, minor: 2, major: 3, write: 0x10, retry: 0x04 });
    expect(profileOf('2.6.21').vmFault).toEqual(profileOf('2.6.18').vmFault);
    expect(profileOf('2.6.23').vmFault).toMatchObject({ oom: 1, sigbus: 2, minor: 0, major: 4, write: 8, nopage: 0x100 });
    expect(profileOf()).toBe(profileOf('2.6.18-retry'));
  });

  it('contain no contradiction of their own', () => {
    for (const { name } of PROFILES) expect(profileOf({ base: name, hz: 250 }).name).toBe(`${name} with hz=250`);
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
    expect(profileOf({ base: '2.6.18', pageCacheRetry: 'once' })).toMatchObject({ nopageRetry: true, interruptedWait: 'sigbus' });
    expect(profileOf({ base: '2.6.25', interruptedRetry: 'once' })).toMatchObject({ nopageRetry: false, interruptedRetry: 'once' });
    expect(profileOf({ oomKills: 'group' })).toMatchObject({ interruptedWait: 'retry', oomKills: 'group' });
  });

  it.each([
    ['2.4.0', 'There is no kernel profile "2.4.0"; there are 2.6.18, 2.6.18-retry, 2.6.19, 2.6.21, 2.6.23, 2.6.25, 2.6.27, 2.6.30.'],
    [{ base: '2.6.18', colour: 'red' }, /no choice "colour"; there are fileHandler, spufsHandler, nopageRetry/],
    [{ base: '2.6.18', toString: 'red' }, /no choice "toString"; there are fileHandler, spufsHandler, nopageRetry/],
    [{ interruptedWait: 'maybe' }, 'The choice "interruptedWait" of a kernel profile is "sigbus" or "retry", not "maybe".'],
    [{ psMapLimit: 5 }, /a number of bytes, a multiple of 4096, not 5/],
    [{ base: '2.6.18', interruptedWait: 'retry', nopageRetry: false }, /leave out "nopageRetry": false/],
    [{ base: '2.6.18-retry', nopageRetry: false }, /does not go with the kernel 2.6.18-retry/],
    [{ base: '2.6.18', spufsHandler: 'fault' }, '"spufsHandler": "fault" does not go with the kernel 2.6.18, which asks handlers of the kind nopage only.'],
    [{ base: '2.6.27', fileHandler: 'nopage' }, /^"fileHandler": "nopage" does not go with the kernel 2.6.27, /],
    [{ base: '2.6.19', spufsHandler: 'nopfn' }, /set nopfnRefault to true too/],
    [{ base: '2.6.18', scheduler: 'async' }, /^The asynchronous scheduler leaves a context on its run queue .* Set faultActivates to false/],
    [{ base: '2.6.25', scheduler: 'timeslice' }, /with "scheduler": "timeslice" faultActivates has to be true/],
    [{ base: '2.6.25', deadContext: 'retry' }, /with "faultActivates": false deadContext has to be "wait"/],
    [{ base: '2.6.21', deadContext: 'wait' }, /needs "faultActivates": false/],
    [{ base: '2.6.18', interruptedRetry: 'once' }, /it needs "interruptedWait": "retry"/],
    [{ base: '2.6.18', speWaitHoldsMmapSem: false }, /has to be true/],
    [{ base: '2.6.18', pageCacheRetry: 'once', nopageRetry: false }, /leave out "nopageRetry": false/],
  ])('refuse %j with a sentence', (chosen, message) => {
    expect(() => profileOf(chosen)).toThrow(message);
  });
});
