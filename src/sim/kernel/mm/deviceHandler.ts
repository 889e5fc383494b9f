/** A scripted device, which answers as the launch configuration says. */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { DeviceAnswer, DeviceState } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, type Step, type Verdict } from '../path.ts';
import { knowsRetry } from '../profile/combinations.ts';
import type { Profile } from '../profile/profile.ts';
import type { Task } from '../state.ts';
import { holdPage } from './frames.ts';
import { ANSWER, fileOffset, type HandlerLocals, retryName, SIGBUS_NAME } from './handler.ts';
import { insertPfn } from './insertPfn.ts';
import { pageOfFile } from './pageCache.ts';

interface DeviceLocals extends HandlerLocals {
  /** Cycle at which the present wait ends. */
  due?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    device_nopage: DeviceLocals;
    device_fault: DeviceLocals;
  }
}

/** What a device answers when its script is at its end. */
const AFTERWARDS: DeviceAnswer = { answer: 'page', count: Infinity, cycles: 0, interruptible: false };
const FILE = 'drivers/char/scripted.c';

export const deviceNopage = path('device_nopage', FILE, handlerSteps('nopage'), ({ fileHandler }) => fileHandler === 'nopage');
export const deviceFault = path('device_fault', FILE, handlerSteps('fault'), ({ fileHandler }) => fileHandler === 'fault');

function handlerSteps(kind: Profile['fileHandler']): Step<DeviceLocals>[] {
  return [
    step(`beyond the end of the device: ${SIGBUS_NAME[kind]}`, (_k, _task, f) =>
      fileOffset(f.request) < deviceOf(f).script.size ? next : done(ANSWER.sigbus)),
    labelled('script', 'take the next answer of the script', (k, _task, f) => answer(k, f, takeAnswer(deviceOf(f)))),
    labelled('wait', 'sleep as long as the script says, uninterruptibly', (k, task, f) => (sleep(k, task, f, false) ?? goTo('script'))),
    labelled('waitInterruptibly', 'sleep as long as the script says; a signal ends it', (k, task, f) => {
      const asleep = sleep(k, task, f, true);
      if (!asleep) return goTo('script');
      return task.interrupted ? next : asleep;
    }),
    step('interrupted: give up as the kernel has drivers give up', (k) =>
      done(k.profile.interruptedWait === 'retry' && knowsRetry(k.profile, k.profile.fileHandler) ? ANSWER.retry : ANSWER.sigbus)),
  ];
}

function deviceOf({ request: { vma } }: HandlerLocals): DeviceState {
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

function answer(k: Kernel, f: DeviceLocals, { answer: kind, cycles, interruptible }: DeviceAnswer): Verdict {
  switch (kind) {
    case 'page':
      return givePage(k, f) ? done(ANSWER.page) : done(ANSWER.oom);
    case 'sigbus':
      return done(ANSWER.sigbus);
    case 'oom':
      return done(ANSWER.oom);
    case 'retry':
      return done(retryAnswer(k, f));
    case 'installAndRetry':
      if (knowsRetry(k.profile, k.profile.fileHandler) && givePage(k, f)) insertPfn(k, f);
      return done(retryAnswer(k, f));
    case 'wait':
      f.due = k.now() + cycles;
      k.schedule(f.due, { kind: 'wake', queue: deviceOf(f).queue });
      return goTo(interruptible ? 'waitInterruptibly' : 'wait');
  }
}

/** A driver can only say what its kernel knows: without a word for "again" it has to give up. */
function retryAnswer(k: Kernel, f: DeviceLocals): number {
  const { profile } = k;
  const kind = profile.fileHandler;
  if (knowsRetry(profile, kind)) return ANSWER.retry;
  k.notice(`The kernel ${profile.name} has no ${retryName(profile, kind)}: the driver of ${f.request.vma.name} answers ${SIGBUS_NAME[kind]} instead.`);
  return ANSWER.sigbus;
}

function givePage(k: Kernel, { request }: DeviceLocals): boolean {
  const { file } = request.vma;
  const frame = file && pageOfFile(k, file.inode, Math.floor(fileOffset(request) / k.configuration.pageBytes));
  if (frame === undefined) return false;
  holdPage(k, frame);
  request.frame = frame;
  return true;
}

/** The wait's verdict, or undefined when it is over. */
function sleep(k: Kernel, task: Task, f: DeviceLocals, interruptible: boolean): Verdict | undefined {
  faultWoke(k, task, f.fault);
  if (f.due === undefined || k.now() >= f.due) return undefined;
  return faultSleeps(k, f.fault, deviceOf(f).queue, interruptible);
}
