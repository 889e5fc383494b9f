/** The CPU scheduler by itself: who runs next, for how long, who has to make room. */
import { describe, expect, it } from 'vitest';
import { fullSlice, leaveCpu, linuxPriority, nextTask, putBack, reprioritise, shouldPreempt } from '../../../../src/sim/kernel/task/cpu.ts';
import type { Kernel } from '../../../../src/sim/kernel/kernel.ts';
import type { Task } from '../../../../src/sim/kernel/state.ts';
import { enqueue } from '../../../../src/sim/kernel/task/cpu.ts';
import { newTask } from '../../../../src/sim/kernel/task/create.ts';
import { machineFor } from '../../../support/machine.ts';

const MS = 79_800;

function kernel(ppeThreads = 1): { readonly k: Kernel; readonly task: (nice?: number) => Task } {
  const { machine } = machineFor({ name: 't.s', source: ' .globl _start\n_start: nop\n', configuration: { ppeThreads } });
  const k = machine.kernel;
  const [first] = k.state.readyQueue.splice(0);
  if (!first) throw new Error('The machine has no first task.');
  return {
    k,
    task: (nice = 0) => {
      const made = newTask(k, first.group, first.mm, 'extra');
      made.nice = nice;
      reprioritise(k, made);
      enqueue(k, made);
      return made;
    },
  };
}

describe('priorities and slices', () => {
  it.each([[0, 120, 100], [-20, 100, 800], [-10, 110, 600], [-5, 115, 500], [5, 125, 75], [10, 130, 50], [19, 139, 5]])(
    'nice %i is priority %i with a slice of %i ms',
    (nice, priority, milliseconds) => {
      const { k, task } = kernel();
      const made = task(nice);
      expect(made.priority).toBe(priority);
      expect(fullSlice(k, made)).toBe(milliseconds * MS);
    },
  );

  it('real-time priorities are better than every nice value', () => {
    expect(linuxPriority('fifo', 1, 0)).toBe(98);
    expect(linuxPriority('rr', 99, 0)).toBe(0);
    expect(linuxPriority('other', 0, -20)).toBe(100);
  });
});

describe('who runs next', () => {
  it('is the best priority, then who waits longest', () => {
    const { k, task } = kernel();
    const [nice5, first, second] = [task(5), task(), task()];
    expect(nextTask(k, 0)).toBe(first);
    leaveCpu(k, k.state.cpus[0] ?? fail());
    expect(nextTask(k, 0)).toBe(second);
    leaveCpu(k, k.state.cpus[0] ?? fail());
    expect(nextTask(k, 0)).toBe(nice5);
    leaveCpu(k, k.state.cpus[0] ?? fail());
    expect(nextTask(k, 0)).toBeUndefined();
  });

  it('a used-up slice waits until everybody has had one, whatever the nice values', () => {
    const { k, task } = kernel();
    const [good, poor] = [task(-5), task(5)];
    const cpu = k.state.cpus[0] ?? fail();
    expect(nextTask(k, 0)).toBe(good);
    cpu.cycle = cpu.sliceEnd;
    putBack(k, cpu, 'sliceEnd');
    expect(nextTask(k, 0)).toBe(poor);
    cpu.cycle = cpu.sliceEnd;
    putBack(k, cpu, 'sliceEnd');
    expect(nextTask(k, 0)).toBe(good);
  });

  it('a pre-empted task keeps the rest of its slice and its place', () => {
    const { k, task } = kernel();
    const [first] = [task(), task()];
    const cpu = k.state.cpus[0] ?? fail();
    expect(nextTask(k, 0)).toBe(first);
    cpu.cycle += 30 * MS;
    putBack(k, cpu, 'preempted');
    expect(nextTask(k, 0)).toBe(first);
    expect(cpu.sliceEnd - cpu.cycle).toBe(70 * MS);
  });

  it('is nobody who may not run there, or who becomes ready later', () => {
    const { k, task } = kernel(2);
    const made = task();
    made.share.allowed = 0b10;
    expect(nextTask(k, 0)).toBeUndefined();
    made.share.readyAt = 500;
    expect(nextTask(k, 1)).toBeUndefined();
    (k.state.cpus[1] ?? fail()).cycle = 500;
    expect(nextTask(k, 1)).toBe(made);
  });
});

describe('waking up', () => {
  it('pre-empts a worse task, not an equal one', () => {
    const { k, task } = kernel();
    task();
    nextTask(k, 0);
    const cpu = k.state.cpus[0] ?? fail();
    task();
    expect(cpu.needResched).toBe(false);
    const better = task(-1);
    expect(cpu.needResched).toBe(true);
    expect(shouldPreempt(cpu.current, better)).toBe(true);
  });

  it('picks an idle CPU before it pre-empts', () => {
    const { k, task } = kernel(2);
    task(5);
    nextTask(k, 0);
    task(-5);
    expect(k.state.cpus.map(({ needResched }) => needResched)).toEqual([false, true]);
  });
});

function fail(): never {
  throw new Error('The machine has fewer CPUs than the test needs.');
}
