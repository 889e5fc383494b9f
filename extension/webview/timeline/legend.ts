/** A sample of each thing that a lane may show. */
import { SEVERITY } from '../../../src/adapter/timelineProtocol.ts';
import { bar, DMA, dmaBar, DOINGS, faultForm, MIDDLE, signalFlag } from './laneShapes.ts';
import type { PathKind } from './lanePicture.ts';

export const LEGEND_WIDTH = 20;

export function legendPath(kind: PathKind): string {
  const doing = DOINGS.find((name) => name === kind);
  if (doing) return bar(doing, 0, LEGEND_WIDTH);
  const outcome = SEVERITY.find((name) => name === kind);
  if (outcome) return faultForm(outcome, LEGEND_WIDTH / 2, false);
  return kind === 'dma' ? dmaBar(0, LEGEND_WIDTH, MIDDLE - DMA.height / 2) : signalFlag(LEGEND_WIDTH / 2 - 3);
}
