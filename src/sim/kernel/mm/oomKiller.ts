/** out_of_memory: the choice of a process to be killed, as kernels of that time make it (facts 2.2 step 9). */
import type { Kernel } from '../kernel.ts';
import { SIGNAL } from '../signal/numbers.ts';
import { isAlive } from '../signal/send.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { INIT } from '../task/create.ts';
import { exitGroup } from '../task/exit.ts';
import { isPrivileged } from '../task/identity.ts';
import { usageOfGroup } from '../task/usage.ts';

/** Units of badness: of processor time 8 seconds, of run time 1024. */
const CPU_UNIT_SECONDS = 8;
const RUN_UNIT_SECONDS = 1024;
/** The share that is left for each of CAP_SYS_ADMIN and CAP_SYS_RAWIO; root has both. */
const PRIVILEGED_SHARE = 1 / 4;

/** Who is to give way: the process that asks for memory, another one, or nobody. */
export type Choice = 'itself' | 'another' | 'nobody';

/**
 * Chooses the process of greatest badness. Another one than the asking one gets SIGKILL; the
 * asking one finds no memory, and its fault ends as the kernel has such faults end.
 */
export function outOfMemory(k: Kernel, asking: Task): Choice {
  const groups = livingGroups(k);
  // Memory is about to come back: nobody else has to go.
  if (groups.some((group) => group !== asking.group && group.exit !== undefined)) return 'another';
  let worst: ThreadGroup | undefined;
  let most = 0;
  for (const group of groups) {
    const points = group.tgid === INIT ? 0 : badness(k, group);
    if (points <= most) continue;
    worst = group;
    most = points;
  }
  if (!worst) return 'nobody';
  const [task] = worst.tasks;
  k.notice(`Out of memory: process ${String(worst.tgid)} (${task?.name ?? ''}) has the most badness, ${String(most)}.`);
  const victim = childWithOwnMemory(groups, worst) ?? worst;
  if (victim === asking.group) return 'itself';
  victim.oomVictim = true;
  exitGroup(k, victim, { kind: 'signal', signal: SIGNAL.SIGKILL });
  return 'another';
}

/** badness: the size of the address space, less for long use of processor and clock and for privileges, more for nice processes. */
function badness(k: Kernel, group: ThreadGroup): number {
  const leader = group.tasks[0];
  const living = group.tasks.find(isAlive);
  if (!leader || !living) return 0;
  const second = k.configuration.cyclesPerSecond;
  const { user, system } = usageOfGroup(group);
  let points = living.mm.totalPages;
  for (const child of livingGroups(k)) if (hasOwnMemory(child, group)) points += Math.floor(memoryOf(child) / 2) + 1;
  const cpuTime = Math.floor((user + system) / second / CPU_UNIT_SECONDS);
  const runTime = Math.floor(k.now() / second / RUN_UNIT_SECONDS);
  if (cpuTime > 0) points = Math.floor(points / Math.floor(Math.sqrt(cpuTime)));
  if (runTime > 0) points = Math.floor(points / Math.floor(Math.sqrt(Math.floor(Math.sqrt(runTime)))));
  if (leader.nice > 0) points *= 2;
  if (isPrivileged(k)) points = Math.floor(Math.floor(points * PRIVILEGED_SHARE) * PRIVILEGED_SHARE);
  return Math.max(points, 1);
}

/** A child goes before its parent, if it has memory of its own. */
function childWithOwnMemory(groups: readonly ThreadGroup[], parent: ThreadGroup): ThreadGroup | undefined {
  return groups.find((group) => hasOwnMemory(group, parent));
}

function hasOwnMemory(child: ThreadGroup, parent: ThreadGroup): boolean {
  return child.parent === parent && child.tasks[0]?.mm !== parent.tasks[0]?.mm;
}

function memoryOf({ tasks }: ThreadGroup): number {
  return tasks.find(isAlive)?.mm.totalPages ?? 0;
}

function livingGroups(k: Kernel): ThreadGroup[] {
  const groups = new Set<ThreadGroup>();
  for (const task of k.state.tasks.values()) if (isAlive(task)) groups.add(task.group);
  return [...groups];
}
