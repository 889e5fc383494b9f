/** What a message of a debug session says to the views. */
import { CHANGED_EVENT, type ChangedBody } from '../../src/adapter/protocol.ts';

/** `restarted`: the session is the same, its program another. */
export type SessionChange = 'stopped' | 'stopped on a fault' | 'restarted' | ChangedBody;

/** Undefined for a message that does not concern the views. */
export function changeIn(message: unknown): SessionChange | undefined {
  const { event, body, command, success } = message as { event?: string; body?: { reason: string; text?: string } | ChangedBody; command?: string; success?: boolean };
  if (command === 'restart' && success === true) return 'restarted';
  if (body === undefined) return undefined;
  if (event === CHANGED_EVENT && 'faults' in body) return body;
  if (event === 'stopped' && 'reason' in body) return body.reason === 'exception' && body.text !== 'deadlock' ? 'stopped on a fault' : 'stopped';
  return undefined;
}
