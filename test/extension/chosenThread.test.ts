/** Which thread the commands for one thread alone mean, with what the call stack's menu of VS Code hands them. */
import { describe, expect, it } from 'vitest';
import { chosenThread } from '../../extension/debug/chosenThread.ts';

const sessions = new Map([['6f1c-aa', 'first'], ['90d2-bb', 'second']]);
const selected = { session: 'first', threadId: 1000 };

describe('the thread that a command means', () => {
  it('is the one that was clicked, in its own session', () => {
    const item = { sessionId: '90d2-bb', threadId: 'thread:90d2-bb:1000' };
    expect(chosenThread(item, sessions, selected)).toEqual({ session: 'second', threadId: 1000 });
    expect(chosenThread({ sessionId: '6f1c-aa', threadId: 1003 }, sessions, selected)).toEqual({ session: 'first', threadId: 1003 });
  });

  it('is the selected one where nothing was clicked', () => {
    expect(chosenThread(undefined, sessions, selected)).toEqual({ session: 'first', threadId: 1000 });
    expect(chosenThread(undefined, sessions, { session: undefined, threadId: undefined })).toBeUndefined();
  });

  it('is none where the session of the click is gone or of another debugger, or the row is a session\'s', () => {
    expect(chosenThread({ sessionId: 'node', threadId: 'thread:node:1' }, sessions, selected)).toBeUndefined();
    expect(chosenThread({ sessionId: '90d2-bb' }, sessions, selected)).toBeUndefined();
    expect(chosenThread({ sessionId: '6f1c-aa' }, sessions, selected)).toEqual({ session: 'first', threadId: 1000 });
  });
});
