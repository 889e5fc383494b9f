/** Work that the first run would have to do is done between messages, as long as nothing runs. */
import type { Machine } from '../../sim/machine.ts';
import type { Session } from '../session/session.ts';

/** Makes the interpreters, in pieces, while `isWanted` says so; the user sees a progress. */
export function prepareSoon({ host, progress }: Pick<Session, 'host' | 'progress'>, machine: Machine, isWanted: () => boolean): void {
  const report = progress.begin({ title: 'Making the interpreters' });
  const goOn = (): void => {
    host.yieldSlice(() => {
      report.tell('PowerPC and SPU');
      if (isWanted() && machine.prepare()) goOn();
      else report.end();
    });
  };
  goOn();
}
