/** Threads, futexes, the CPU scheduler and the end of programs. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';

/** clone with the flags that pthread_create uses; the child goes to `label`. */
const thread = (label: string, stack: string, flags = '0x350f00'): string => `
        lis     r3, ${flags}@h
        ori     r3, r3, ${flags}@l
        address r4, ${stack}
        address r5, parent_tid
        address r6, thread_pointer
        address r7, child_tid
        system  120
        cmpdi   r3, 0
        beq     ${label}
`;
const DATA = `
        .data
        .balign 16
        .space  2048
stack1: .space  256
        .space  2048
stack2: .space  256
parent_tid: .long 0
child_tid: .long 0
word:   .long   0
word2:  .long   0
        .balign 8
thread_pointer: .quad 0
time:   .quad   0, 10000000
counter: .quad  0, 0
`;
/** futex(address, op, value, timeout, address2, value3). */
const futex = (address: string, op: number, value: number, timeout = 'li r6, 0', second = 'li r7, 0', value3 = 0): string => `
        address r3, ${address}
        li      r4, ${String(op)}
        li      r5, ${String(value)}
        ${timeout}
        ${second}
        li      r8, ${String(value3)}
        system  221
`;
const TIME = 'address r6, time';

describe('clone', () => {
  it('makes a thread with its own stack and thread pointer, tells its number twice, and clears the word at its end', () => {
    const { shown } = runAssembly(`${thread('child', 'stack1', '0x13d0f00')}
        show                            # in the parent
        address r4, child_tid
1:      lwz     r5, 0(r4)
        cmpwi   r5, 0
        beq     2f
        mr      r3, r4
        li      r4, 0
        li      r6, 0
        system  221                     # sleep until the kernel wakes the word
        address r4, child_tid
        b       1b
2:      address r4, parent_tid
        lwz     r3, 0(r4)
        show
        quit    0
child:  address r4, stack1
        subf    r3, r4, r1
        show
        address r4, thread_pointer
        subf    r3, r4, r13
        show
        address r4, child_tid
        lwz     r3, 0(r4)
        show
        system  207                     # gettid
        show
        system  20                      # getpid
        show
        li      r3, 0
        li      r0, 1
        sc
${DATA}`, { configuration: { ppeThreads: 1 } });
    expect(shown[0]).toBe(1001);
    expect(shown.slice(1, 6)).toEqual([0, 0, 1001, 1001, 1000]);
    expect(shown[6]).toBe(0x3e9);
  });

  it('without CLONE_VM gives the child a copy of the memory, of which either side writes its own', () => {
    const { shown } = runAssembly(`
        address r14, word
        li      r15, 1
        stw     r15, 0(r14)
        li      r3, 17
        li      r4, 0
        system  120
        cmpdi   r3, 0
        bne     parent
        lwz     r3, 0(r14)
        addi    r3, r3, 6
        stw     r3, 0(r14)
        lwz     r3, 0(r14)
        show
        quit    5
parent: li      r4, 0
        li      r5, 0
        li      r6, 0
        system  114
        lwz     r3, 0(r14)
        show
        quit    0
        .data
        .balign 8
word:   .long   0
`);
    expect(shown).toEqual([7, 1]);
  });

  it('with CLONE_SIGHAND and without CLONE_VM is EINVAL', () => {
    const { shown } = runAssembly(`
        li      r3, 0x800
        li      r4, 0
        system  120
        show
        quit    0
`);
    expect(shown).toEqual([-ERRNO.EINVAL]);
  });

  it('a vfork child runs first, and wait4 tells how it ended', () => {
    const { shown } = runAssembly(`
        system  189
        cmpdi   r3, 0
        bne     parent
        li      r3, 5
        show
        quit    9
parent: show
        li      r3, -1
        address r4, word
        li      r5, 0
        li      r6, 0
        system  114
        show
        address r4, word
        lwz     r3, 0(r4)
        show
        li      r3, -1
        li      r4, 0
        li      r5, 0
        li      r6, 0
        system  114
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([5, 1001, 1001, 9 << 8, -ERRNO.ECHILD]);
  });
});

describe('futex', () => {
  it('does not sleep on a word that has changed, times out, and wakes nobody where nobody waits', () => {
    const { shown, machine } = runAssembly(`
${futex('word', 0, 1)}
        show
${futex('word', 0, 0, TIME)}
        show
${futex('word', 1, 100)}
        show
        address r3, word+2
        li      r4, 1
        li      r5, 1
        system  221
        show
        li      r3, 64
        li      r4, 0
        li      r5, 0
        li      r6, 0
        system  221
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([-ERRNO.EAGAIN, -ERRNO.ETIMEDOUT, 0, -ERRNO.EINVAL, -ERRNO.EFAULT]);
    expect(machine.cycle / machine.configuration.cyclesPerSecond).toBeCloseTo(0.01, 3);
  });

  it('wakes as many as it is told, by bit set, and moves the others to a second word', () => {
    const { shown } = runAssembly(`${thread('waiter', 'stack1', '0x150f00')}${thread('waiter', 'stack2', '0x150f00')}
        address r3, time
        li      r4, 0
        system  162
${futex('word', 10, 9, 'li r6, 0', 'li r7, 0', 2)}
        show                            # bit 1: nobody
${futex('word', 4, 0, 'li r6, 5', 'address r7, word2', 7)}
        show                            # CMP_REQUEUE with another value
${futex('word', 4, 1, 'li r6, 5', 'address r7, word2', 0)}
        show                            # one woken, one moved
${futex('word', 1, 9)}
        show
${futex('word2', 1, 9)}
        show
        address r3, time
        li      r4, 0
        system  162
        address r4, counter
        ld      r3, 0(r4)
        show
        quit    0
waiter:
${futex('word', 9, 0, 'li r6, 0', 'li r7, 0', 1)}
        address r4, counter
1:      ldarx   r5, 0, r4
        addi    r5, r5, 1
        stdcx.  r5, 0, r4
        bne     1b
        li      r3, 0
        li      r0, 1
        sc
${DATA}`);
    expect(shown).toEqual([0, -ERRNO.EAGAIN, 2, 0, 1, 2]);
  });

  it('two threads that hold what the other wants are a deadlock: who waits, and who holds', () => {
    const { stop } = runAssembly(`
        li      r3, 1000
        address r4, word
        stw     r3, 0(r4)               # held by this thread
${thread('other', 'stack1', '0x150f00')}
        address r3, time
        li      r4, 0
        system  162
        address r3, word2
        li      r4, 0
        li      r5, 1001
        li      r6, 0
        system  221
        quit    0
other:  li      r3, 1001
        address r4, word2
        stw     r3, 0(r4)
        address r3, word
        li      r4, 0
        li      r5, 1000
        li      r6, 0
        system  221
        quit    0
${DATA}`);
    expect(stop.kind).toBe('deadlock');
    if (stop.kind !== 'deadlock') return;
    expect(stop.report.waits.map(({ tid, path, holders }) => [tid, path, holders])).toEqual([
      [1000, 'futex_wait', ['thread 1001 (test.s)']],
      [1001, 'futex_wait', ['thread 1000 (test.s)']],
    ]);
    expect(stop.report.sentence).toMatch(/^No thread can run and no event is due\. Thread 1000 \(test\.s\) waits for futex 0x[0-9a-f]+, held by thread 1001 \(test\.s\)\./);
  });
});

describe('the end', () => {
  it('exit_group ends every thread, one in its sleep and one that spins', () => {
    const { stop, machine } = runAssembly(`${thread('spinner', 'stack1', '0x150f00')}${thread('sleeper', 'stack2', '0x150f00')}
        address r3, time
        li      r4, 0
        system  162
        quit    3
spinner: b      spinner
sleeper: system 29
        b       sleeper
${DATA}`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 3 } });
    expect([...machine.state.tasks.values()].map(({ tid, state }) => [tid, state])).toEqual([[1000, 'zombie']]);
  });

  it('the program lasts as long as one thread of it does', () => {
    const { stop } = runAssembly(`${thread('last', 'stack1', '0x150f00')}
        li      r3, 1
        li      r0, 1
        sc
last:   address r3, time
        li      r4, 0
        system  162
        li      r3, 4
        show
        li      r3, 2
        li      r0, 1
        sc
${DATA}`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 1 } });
  });

  it('a robust futex of a thread that ends is marked and handed on', () => {
    const { shown } = runAssembly(`${thread('holder', 'stack1', '0x150f00')}
        address r3, time
        li      r4, 0
        system  162
        address r4, lock
        lwz     r3, 0(r4)
        show
        quit    0
holder: address r3, list
        li      r4, 24
        system  300
        li      r3, 1001
        address r4, lock
        stw     r3, 0(r4)
        li      r3, 0
        li      r0, 1
        sc
${DATA}
list:   .quad   entry, lock-entry, 0
entry:  .quad   list
lock:   .long   0
`);
    expect(shown).toEqual([0x4000_0000]);
  });
});

/** Two threads count on one CPU until the alarm; shown are their counts. */
function race(prepare: string, then = '', milliseconds = 400): readonly number[] {
  return runAssembly(`
        ${prepare}
${thread('second', 'stack1', '0x150f00')}
        ${then}
        li      r3, 0
        address r4, alarm
        li      r5, 0
        system  104
        address r4, counter
1:      ld      r5, 0(r4)
        addi    r5, r5, 1
        std     r5, 0(r4)
        b       1b
second: address r4, counter
1:      ld      r5, 8(r4)
        addi    r5, r5, 1
        std     r5, 8(r4)
        b       1b
handler:
        address r4, counter
        ld      r3, 0(r4)
        show
        address r4, counter
        ld      r3, 8(r4)
        show
        quit    0
${DATA}
action: .quad   descriptor, 0, 0, 0
descriptor: .quad handler, 0, 0
alarm:  .quad   0, 0, 0, ${String(milliseconds * 1000)}
`, { configuration: { ppeThreads: 1, uid: 0 } }).shown;
}
const HANDLE_ALARM = `
        li      r3, 14
        address r4, action
        li      r5, 0
        li      r6, 8
        system  173
`;

describe('time slices', () => {
  it('are equal for threads of the same nice value', () => {
    const [first = 0, second = 0] = race(HANDLE_ALARM);
    expect(first + second).toBeGreaterThan(7_000_000);
    expect(first / second).toBeCloseTo(1, 1);
  });

  it('of nice 10 are half as long as those of nice 0', () => {
    // The second thread inherits nice 10, then the first goes back to 0: 100, 50, 100, 50, 90 ms.
    const [first = 0, second = 0] = race(`${HANDLE_ALARM}
        li      r3, 10
        system  34
`, `
        li      r3, 0
        li      r4, 0
        li      r5, 0
        system  97
`, 390);
    expect(first / second).toBeCloseTo(2.9, 1);
  });

  it('a real-time thread leaves nothing to the others', () => {
    const [first = 0, second = 0] = race(`${HANDLE_ALARM}
        b       8f
7:      .long   5
8:      li      r3, 0
        li      r4, 1                   # SCHED_FIFO, priority 5; the thread inherits it and waits
        address r5, 7b
        system  156
`);
    expect(first).toBeGreaterThan(7_000_000);
    expect(second).toBe(0);
  });
});
