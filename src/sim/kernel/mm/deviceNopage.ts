/** device_nopage: a scripted device, which answers as the launch configuration says. */
import { faultSleeps, faultWoke, notePte } from '../fault/inFlight.ts';
import type { DeviceAnswer, DeviceState } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { holdPage } from './frames.ts';
import { fileOffset, NOPAGE_OOM, NOPAGE_PAGE, NOPAGE_RETRY, NOPAGE_SIGBUS, type NopageLocals } from './nopage.ts';
import { pageOfFile } from './pageCache.ts';
import { installPage, pteOf } from './pages.ts';
import { protectionOf } from './pte.ts';

interface DeviceNopage extends NopageLocals {
  /** Cycle at which the present wait ends. */
  due: number | undefined;
}

declare module '../path.ts' {
  interface PathLocals {
    device_nopage: DeviceNopage;
  }
}

/** What a device answers when its script is at its end. */
const AFTERWARDS: DeviceAnswer = { answer: 'page', count: Infinity, cycles: 0, interruptible: false };

export const deviceNopage = path('device_nopage', 'drivers/char/scripted.c', [
  step('beyond the end of the device: NOPAGE_SIGBUS', (_k, _task, f) =>
    fileOffset(f.request) < deviceOf(f).script.size ? next : done(NOPAGE_SIGBUS)),
  labelled('script', 'take the next answer of the script', (k, _task, f) => answer(k, f, takeAnswer(deviceOf(f)))),
  labelled('wait', 'sleep as long as the script says, uninterruptibly', (k, task, f) => (sleep(k, task, f, false) ?? goTo('script'))),
  labelled('waitInterruptibly', 'sleep as long as the script says; a signal ends it', (k, task, f) => {
    const asleep = sleep(k, task, f, true);
    if (!asleep) return goTo('script');
    return task.interrupted ? next : asleep;
  }),
  step('interrupted: give up as the kernel has drivers give up', (k) =>
    done(k.profile.interruptedWait === 'retry' ? NOPAGE_RETRY : NOPAGE_SIGBUS)),
]);

function deviceOf({ request: { vma } }: NopageLocals): DeviceState {
  const content = vma.file?.inode.content;
  if (content?.kind !== 'device') throw new Error(`The mapping ${vma.name} is not one of a device.`);
  return content.device;
}

/** The next answer; it counts as given from now on, also when a signal ends its wait. */
function takeAnswer(device: DeviceState): DeviceAnswer {
  const { answers } = device.script;
  for (let next = answers[device.position]; next; next = answers[device.position]) {
    if (device.given < next.count) {
      device.given += 1;
      return next;
    }
    device.position += 1;
    device.given = 0;
  }
  return AFTERWARDS;
}

function answer(k: Kernel, f: DeviceNopage, { answer: kind, cycles, interruptible }: DeviceAnswer): Verdict {
  switch (kind) {
    case 'page':
      return givePage(k, f) ? done(NOPAGE_PAGE) : done(NOPAGE_OOM);
    case 'sigbus':
      return done(NOPAGE_SIGBUS);
    case 'oom':
      return done(NOPAGE_OOM);
    case 'retry':
      return done(retryAnswer(k, f));
    case 'installAndRetry':
      if (k.profile.nopageRetry) installItself(k, f);
      return done(retryAnswer(k, f));
    case 'wait':
      f.due = k.now() + cycles;
      k.schedule(f.due, { kind: 'wake', queue: deviceOf(f).queue });
      return goTo(interruptible ? 'waitInterruptibly' : 'wait');
  }
}

/** A driver can only say what its kernel knows: without NOPAGE_RETRY it has to give up. */
function retryAnswer(k: Kernel, f: DeviceNopage): number {
  if (k.profile.nopageRetry) return NOPAGE_RETRY;
  k.notice(`The kernel ${k.profile.name} has no NOPAGE_RETRY: the driver of ${f.request.vma.name} answers NOPAGE_SIGBUS instead.`);
  return NOPAGE_SIGBUS;
}

function givePage(k: Kernel, { request }: DeviceNopage): boolean {
  const { file } = request.vma;
  const frame = file && pageOfFile(k, file.inode, Math.floor(fileOffset(request) / k.configuration.pageBytes));
  if (frame === undefined) return false;
  holdPage(k, frame);
  request.frame = frame;
  return true;
}

/** The driver sets the PTE on its own, with the rights of the mapping; a PTE that is there already stays. */
function installItself(k: Kernel, f: DeviceNopage): void {
  const { request, fault } = f;
  if (pteOf(k, request.mm, request.address) !== 0 || !givePage(k, f)) return;
  installPage(k, request.mm, request.address, request.frame, protectionOf(request.vma));
  request.installed = true;
  notePte(fault, 'handler');
  if (fault.record.origin !== 'mfc') k.mmu.preload(request.mm, request.address);
}

/** The wait's verdict, or undefined when it is over. */
function sleep(k: Kernel, task: Task, f: DeviceNopage, interruptible: boolean): Verdict | undefined {
  faultWoke(k, task, f.fault);
  if (f.due === undefined || k.now() >= f.due) return undefined;
  return faultSleeps(k, f.fault, deviceOf(f).queue, interruptible);
}
