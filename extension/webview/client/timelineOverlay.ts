/** What lies over the lanes: the ruler's ticks above, lines down from them, now, and what is selected. */
import { rulerOf } from '../timeline/ruler.ts';
import { xOf } from '../timeline/timeScale.ts';
import { element } from './elements.ts';
import { svgElement } from './svgElements.ts';
import type { TimelineState } from './timelineState.ts';

const RULER_HEIGHT = 22;

export class TimelineOverlay {
  readonly corner = element('div', { class: 'corner' });
  readonly ruler = element('div', { class: 'ruler' }, [svgElement('svg', { height: RULER_HEIGHT, 'aria-hidden': 'true' })]);
  /** Lies over the pictures and lets the pointer through. */
  readonly root = element('div', { class: 'overlay', 'aria-hidden': 'true' });
  private readonly grid = svgElement('svg', { class: 'grid' });
  private readonly now = element('div', { class: 'now' });
  private readonly selection = element('div', { class: 'selection' });

  constructor() {
    this.root.append(this.grid, this.selection, this.now);
  }

  draw(state: TimelineState): void {
    const { scale, timeline, unit, selection } = state;
    const { base, ticks } = rulerOf(scale, timeline.cyclesPerSecond, unit);
    this.corner.textContent = base ?? '';
    this.ruler.firstElementChild?.replaceChildren(...ticks.flatMap(({ x, label }) => [
      svgElement('path', { d: `M${x.toFixed(1)} ${RULER_HEIGHT - 6}V${RULER_HEIGHT}` }), svgElement('text', { x: (x + 3).toFixed(1), y: RULER_HEIGHT - 8 }, [label]),
    ]));
    this.grid.replaceChildren(svgElement('path', { d: ticks.map(({ x }) => `M${x.toFixed(1)} 0V9999`).join('') }));
    place(this.now, xOf(scale, timeline.end), 0, scale.width);
    if (selection) place(this.selection, xOf(scale, selection.from), xOf(scale, selection.to) - xOf(scale, selection.from), scale.width);
    else this.selection.hidden = true;
  }
}

/** Puts something at its points, cut to the picture; hidden where it is not in it. */
function place(what: HTMLElement, left: number, width: number, most: number): void {
  const from = Math.max(left, 0);
  const to = Math.min(left + width, most);
  what.hidden = to < 0 || from > most || to < from;
  what.style.left = `${from}px`;
  if (width > 0) what.style.width = `${Math.max(to - from, 1)}px`;
}
