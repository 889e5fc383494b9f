/** The entries of what is in sight: a sample and a word each. */
import { type PathKind, PATH_KINDS } from '../timeline/lanePicture.ts';
import { SEVERITY } from '../../../src/adapter/timelineProtocol.ts';
import { MIDDLE } from '../timeline/laneShapes.ts';
import { LEGEND_WIDTH, legendPath } from '../timeline/legend.ts';
import type { Say } from '../texts.ts';
import { element } from './elements.ts';
import { svgElement } from './svgElements.ts';

const HEIGHT = 18;

export class TimelineLegend {
  readonly root: HTMLElement;
  private readonly text: Say;
  private drawn = '';

  constructor(text: Say) {
    this.text = text;
    this.root = element('div', { class: 'legend', role: 'list', 'aria-label': text('legend') });
  }

  draw(inSight: ReadonlySet<PathKind>): void {
    const kinds = PATH_KINDS.filter((kind) => inSight.has(kind));
    if (kinds.join() === this.drawn) return;
    this.drawn = kinds.join();
    this.root.replaceChildren(...kinds.map((kind) => this.entry(kind)));
  }

  private entry(kind: PathKind): HTMLElement {
    const sample = svgElement('svg', { width: LEGEND_WIDTH, height: HEIGHT, viewBox: `0 ${MIDDLE - HEIGHT / 2} ${LEGEND_WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' }, [svgElement('path', { class: kind, d: legendPath(kind) })]);
    return element('span', { role: 'listitem', title: SEVERITY.some((outcome) => outcome === kind) ? this.text(`${kind}Help`) : undefined }, [sample, this.text(kind)]);
  }
}
