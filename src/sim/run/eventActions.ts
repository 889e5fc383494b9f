/** What each kind of event does when its cycle has come. */
import type { EventAction } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { pageRead, pageWritten } from '../kernel/mm/disk.ts';
import { swapRead, swapWritten } from '../kernel/mm/swap.ts';
import { schedulerDue } from '../kernel/spufs/scheduler/due.ts';
import { realTimerExpired } from '../kernel/task/timers.ts';
import { wakeAll, wakeTask } from '../kernel/wait.ts';
import { speEvent } from '../spe/timing.ts';

export function runEvent(k: Kernel, action: EventAction): void {
  switch (action.kind) {
    case 'realTimer':
      realTimerExpired(k, action.group, action.id);
      break;
    case 'timeout':
      if (action.task.waitingOn === action.queue) wakeTask(k, action.task);
      break;
    case 'spe': {
      const spe = k.spes[action.spe];
      if (spe) speEvent(spe, k.now());
      break;
    }
    case 'speScheduler':
      schedulerDue(k, action.spe, action.context);
      break;
    case 'pageRead':
      pageRead(k, action.read);
      break;
    case 'pageWritten':
      pageWritten(k, action.write);
      break;
    case 'swapRead':
      swapRead(k, action.read);
      break;
    case 'swapWritten':
      swapWritten(k, action.write);
      break;
    case 'wake':
      wakeAll(k, action.queue);
      break;
  }
}
