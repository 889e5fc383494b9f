/** Settings in comments: what they say of memory, disks and process 1. */
import { describe, expect, it } from 'vitest';
import { machineConfiguration } from '../../../src/adapter/launch/machineConfiguration.ts';
import { readSettings } from '../../../src/sim/program/settings.ts';

describe('settings of memory', () => {
  it('swap, init and failures', () => {
    expect(readSettings('p.s', '# refault: swap=2M init=yes\n# refault: fail read:/tmp/data=2 write:/tmp/a:b=0-3*2 read:swap=5 mkwrite:/dev/ring=0*1\n')).toMatchObject({
      swapBytes: 2 << 20, init: true,
      failures: [
        { path: '/tmp/data', operation: 'read', firstPage: 2, lastPage: 2, count: Infinity },
        { path: '/tmp/a:b', operation: 'write', firstPage: 0, lastPage: 3, count: 2 },
        { path: 'swap', operation: 'read', firstPage: 5, lastPage: 5, count: Infinity },
        { path: '/dev/ring', operation: 'mkwrite', firstPage: 0, lastPage: 0, count: 1 },
      ],
    });
  });

  it('give way to the launch configuration, but for failures, which add up', () => {
    const own = readSettings('p.s', '# refault: swap=2M init=yes\n# refault: fail read:/tmp/data=2\n');
    expect(machineConfiguration(own, { swap: 4096, init: false, failures: [{ path: 'swap', operation: 'read', pages: '1-2' }] }, [])).toMatchObject({
      swapBytes: 4096, init: false, failures: [{ path: '/tmp/data' }, { path: 'swap', firstPage: 1, lastPage: 2 }],
    });
  });

  it.each(['1-', 'x', '2-1', '1*'])('a launch configuration with the pages "%s" is refused', (pages) => {
    expect(() => machineConfiguration(readSettings('p.s', ''), { failures: [{ path: '/tmp/data', operation: 'read', pages }] }, [])).toThrow(/machine\.failures/);
  });
});
