/** Equal outcomes that followed each other on one source line. */
export interface OutcomeRun {
  readonly outcome: string;
  readonly count: number;
}

/**
 * The outcomes of a line in order of time, such as `RETRY ×3 → MINOR`.
 * Of more than `shown` runs (at least 2) the first and the newest stay, with `…` for those between.
 */
export function outcomeText(runs: readonly OutcomeRun[], shown = 4): string {
  const texts = runs.map(({ outcome, count }) => (count === 1 ? outcome : `${outcome} ×${String(count)}`));
  const kept =
    texts.length <= shown ? texts : [...texts.slice(0, 1), '…', ...texts.slice(texts.length - (shown - 1))];
  return kept.join(' → ');
}
