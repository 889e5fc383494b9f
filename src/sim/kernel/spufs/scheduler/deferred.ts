/** What the scheduler wanted to do to a context that somebody held. */
import type { Kernel } from '../../kernel.ts';
import type { SpuContext } from '../state.ts';
import { bindNow } from './giveSpe.ts';
import { reapNow } from './reaperWork.ts';
import { asynchronousTick, roundRobin } from './tick.ts';

/** The state lock is about to become free: all of it is done now. */
export function doDeferred(k: Kernel, context: SpuContext): void {
  for (let work = context.deferred.shift(); work; work = context.deferred.shift()) {
    switch (work.kind) {
      case 'reap':
        reapNow(k, context);
        break;
      case 'tick':
        if (k.profile.scheduler === 'rr') roundRobin(k, context);
        else asynchronousTick(k, context);
        break;
      case 'bind':
        bindNow(k, context, work.spe);
        break;
    }
  }
}
