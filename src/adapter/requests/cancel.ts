import { request } from '../session/request.ts';
import { record, text, whole } from '../session/shape.ts';

/** Takes back a request that has no response yet; one that has, or never was, is not missed. */
export const cancel = request('cancel', record({}, { requestId: whole(), progressId: text }), (session, { requestId, progressId }): void => {
  const number = requestId ?? (progressId === undefined ? undefined : session.progress.requestOf(progressId));
  if (number !== undefined) session.cancel(number);
});
