/** Settings in comments: what they say of memory, disks and process 1. */
import { describe, expect, it } from 'vitest';
import { machineConfiguration } from '../../../src/adapter/launch/machineConfiguration.ts';
import { readSettings } from '../../../src/sim/program/settings.ts';

describe('settings of memory', () => {
  it('swap, disk, init and failures', () => {
    expect(readSettings([{ path: 'p.s', text: '# refault: swap=2M disk=64K init=yes\n# refault: fail read:/tmp/data=2 write:/tmp/a:b=0-3*2 read:swap=5 mkwrite:/dev/ring=0*1\n' }])).toMatchObject({
      swapBytes: 2 << 20, diskBytes: 64 << 10, init: true,
      failures: [
        { path: '/tmp/data', operation: 'read', firstPage: 2, lastPage: 2, count: Infinity },
        { path: '/tmp/a:b', operation: 'write', firstPage: 0, lastPage: 3, count: 2 },
        { path: 'swap', operation: 'read', firstPage: 5, lastPage: 5, count: Infinity },
        { path: '/dev/ring', operation: 'mkwrite', firstPage: 0, lastPage: 0, count: 1 },
      ],
    });
  });

  it('give way to the launch configuration, but for failures, which add up', () => {
    const own = readSettings([{ path: 'p.s', text: '# refault: swap=2M disk=64K init=yes\n# refault: fail read:/tmp/data=2\n' }]);
    expect(machineConfiguration(own, { swap: 4096, disk: '1M', init: false, failures: [{ path: 'swap', operation: 'read', pages: '1-2' }] }, [])).toMatchObject({
      swapBytes: 4096, diskBytes: 1 << 20, init: false, failures: [{ path: '/tmp/data' }, { path: 'swap', firstPage: 1, lastPage: 2 }],
    });
  });

  it.each(['1-', 'x', '2-1', '1*'])('a launch configuration with the pages "%s" is refused', (pages) => {
    expect(() => machineConfiguration(readSettings([{ path: 'p.s', text: '' }]), { failures: [{ path: '/tmp/data', operation: 'read', pages }] }, [])).toThrow(/machine\.failures/);
  });
});

describe('settings of several files', () => {
  const files = (...texts: readonly string[]): { path: string; text: string }[] => texts.map((text, n) => ({ path: `${String(n)}.s`, text: `# refault: ${text}` }));

  it('add up', () => {
    expect(readSettings(files('spes=1 memory=8M', 'spes=1 uid=0', 'limit [heap]=64K'))).toMatchObject({
      spes: 1, ramBytes: 8 << 20, uid: 0, mappingLimits: new Map([['[heap]', 65536]]),
    });
  });

  it.each([
    ['spes=1', 'spes=2', '1.s:1:3: The setting "spes" is another one at 0.s:1: the files of one program must agree.'],
    ['init=yes', 'uid=0 init=no', '1.s:1:3: The setting "init" is another one at 0.s:1: the files of one program must agree.'],
    ['limit [heap]=4K', 'limit [heap]=8K', '1.s:1:3: The setting "limit [heap]" is another one at 0.s:1: the files of one program must agree.'],
    ['device ring answers=oom', 'device ring answers=retry', '1.s:1:3: The setting "device ring" is another one at 0.s:1: the files of one program must agree.'],
  ])('must agree: %s, %s', (first, second, message) => {
    expect(() => readSettings(files(first, second))).toThrow(message);
  });
});
