/** Bytes to the next boundary; none where they would be more than the maximum. */
export function alignmentGap(offset: number, boundary: number, maximum: number): number {
  const gap = (boundary - (offset % boundary)) % boundary;
  return gap > maximum ? 0 : gap;
}
