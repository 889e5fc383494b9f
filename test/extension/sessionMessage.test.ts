import { describe, expect, it } from 'vitest';
import { changeIn } from '../../extension/views/sessionMessage.ts';

const event = (name: string, body?: object): object => ({ seq: 1, type: 'event', event: name, ...(body && { body }) });

describe('what a message of a session says to the views', () => {
  it.each([
    [event('stopped', { reason: 'step', threadId: 1 }), 'stopped'],
    [event('stopped', { reason: 'exception', threadId: 1 }), 'stopped on a fault'],
    [event('refault/changed', { faults: true, contexts: false }), { faults: true, contexts: false }],
    [event('continued', { threadId: 1 }), undefined],
    [event('initialized'), undefined],
    [{ seq: 2, type: 'response', request_seq: 1, success: true, command: 'restart' }, 'restarted'],
    [{ seq: 2, type: 'response', request_seq: 1, success: false, command: 'restart', message: 'no' }, undefined],
    [{ seq: 2, type: 'response', request_seq: 1, success: true, command: 'threads', body: { threads: [] } }, undefined],
  ])('%j', (message, change) => {
    expect(changeIn(message)).toEqual(change);
  });
});
