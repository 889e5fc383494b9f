/** System calls as text. */
import { describe, expect, it } from 'vitest';
import { formatResult, formatSystemCall } from '../../../../src/sim/kernel/syscall/format.ts';
import { systemCallName } from '../../../../src/sim/kernel/syscall/names.ts';
import { modelledSystemCalls } from '../../../../src/sim/kernel/syscall/table.ts';

const noText = (): undefined => undefined;

describe('a traced call', () => {
  it.each([
    [4, [1n, 0x100d_8ff0n, 56n], 'write(1, 0x100d8ff0, 56)'],
    [90, [0n, 4096n, 3n, 0x22n, 0xffff_ffff_ffff_ffffn, 0n], 'mmap(NULL, 4096, 0x3, 0x22, -1, 0)'],
    [250, [1000n, 1001n, 14n], 'tgkill(1000, 1001, SIGALRM)'],
    [248, [1n, 0n, 0x1000n, 0n], 'clock_nanosleep(CLOCK_MONOTONIC, 0x0, 0x1000, NULL)'],
    [20, [], 'getpid()'],
    [326, [2n, 1n], 'socket(0x2, 0x1)'],
  ])('%i', (number, args, text) => {
    expect(formatSystemCall(number, args, noText)).toBe(text);
  });

  it('shows file names where they can be read, and AT_FDCWD', () => {
    const args = [0xffff_ffff_ffff_ff9cn, 0x2000n, 0o102n, 0o644n];
    expect(formatSystemCall(286, args, (address) => (address === 0x2000 ? '/tmp/x "y"' : undefined))).toBe('openat(AT_FDCWD, "/tmp/x \\"y\\"", 0x42, 0644)');
    expect(formatSystemCall(286, args, noText)).toBe('openat(AT_FDCWD, 0x2000, 0x42, 0644)');
  });

  it('has results in words', () => {
    expect([56, -14, -512, 0x40_0080_2000, -4096].map(formatResult)).toEqual(['56', '-EFAULT', 'restart (ERESTARTSYS)', '0x4000802000', '-4096']);
  });
});

describe('the table', () => {
  it('agrees with the list of names', () => {
    for (const { number, name } of modelledSystemCalls()) expect(systemCallName(number)).toBe(name);
  });

  it('has the calls that C libraries and hand-written programs make', () => {
    const names = new Set(modelledSystemCalls().map(({ name }) => name));
    const wanted = `read write open openat close lseek pread64 pwrite64 ftruncate unlink mmap munmap mprotect mremap msync brk clone exit
      exit_group futex rt_sigaction rt_sigreturn rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait kill tgkill tkill getpid gettid
      alarm setitimer getitimer nanosleep clock_gettime clock_nanosleep clock_getres gettimeofday sched_yield setpriority getpriority
      sched_setscheduler sched_getscheduler sched_getaffinity pipe pipe2 mkdir fsync mlock munlock madvise fadvise64 getrusage spu_create
      spu_run fcntl ioctl uname sysinfo set_tid_address set_robust_list readlink prlimit64 newfstatat getrandom writev readv fstat stat
      lstat access getcwd chdir dup dup2 dup3 getppid getuid geteuid getgid getegid setrlimit getrlimit times poll _newselect sigaltstack
      wait4`.split(/\s+/);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });
});
