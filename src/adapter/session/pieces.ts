/** Long work in pieces, between which messages get in: so that it can be cancelled, and nothing else waits. */
import type { Call } from './call.ts';
import { errors } from './errors.ts';
import type { Session } from './session.ts';

/**
 * What all pieces gave, in order. Work of one piece is answered at once. Throws or rejects with
 * the error `cancelled` once the client has taken the request back.
 * @param total Size of the work, in units of `pieceSize`. @param isDone The pieces that are left need not be done.
 */
export function inPieces<T>(
  { host, progress }: Pick<Session, 'host' | 'progress'>, call: Call,
  { title, total, pieceSize, piece, isDone }: { readonly title: string; readonly total: number; readonly pieceSize: number; readonly piece: (start: number, count: number) => T; readonly isDone?: () => boolean },
): T[] | Promise<T[]> {
  if (total <= pieceSize) return [piece(0, total)];
  const report = progress.begin({ title, request: call.request });
  const pieces: T[] = [];
  return new Promise<T[]>((resolve, reject) => {
    const work = (start: number): void => {
      try {
        if (call.isCancelled) throw errors.cancelled();
        report.tell('', { percentage: Math.floor((100 * start) / total) });
        pieces.push(piece(start, Math.min(pieceSize, total - start)));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      const next = start + pieceSize;
      if (next >= total || isDone?.() === true) resolve(pieces);
      else host.yieldSlice(() => { work(next); });
    };
    host.yieldSlice(() => { work(0); });
  }).finally(() => { report.end(); });
}
