/** The user has set a register or memory: what the client shows may be something else now. */
import type { Session } from '../session/session.ts';

export function edited({ client, outbound, readRanges, execution }: Pick<Session, 'client' | 'outbound' | 'readRanges' | 'execution'>): void {
  execution.edited();
  if (client.hasInvalidatedEvent) outbound.event('invalidated', { areas: ['all'] });
  readRanges.changed();
}
