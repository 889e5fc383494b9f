/** The timeline as a table: what is in sight, oldest first, for those who read it rather than look at it. */
import { itemText, lengthOf, moment, whatText } from '../timeline/itemWords.ts';
import { faultOf, itemsInOrder, type PlacedItem } from '../timeline/laneItems.ts';
import { groupedDigits } from '../timeline/timeText.ts';
import type { Say } from '../texts.ts';
import { element } from './elements.ts';
import type { TimelineState } from './timelineState.ts';

const MOST_ROWS = 400;
/** Milliseconds between two tables of a program that runs. */
const INTERVAL = 1000;

export class TimelineTable {
  readonly root: HTMLElement;
  private readonly state: TimelineState;
  private readonly text: Say;
  private readonly open: (fault: number) => void;
  private readonly caption = element('caption');
  private readonly body = element('tbody');
  private readonly rest = element('p');
  private drawn = '';
  private drawnAt = -Infinity;
  private waits = false;

  constructor(state: TimelineState, text: Say, open: (fault: number) => void) {
    this.state = state;
    this.text = text;
    this.open = open;
    const columns = ['columnTime', 'columnLength', 'columnLane', 'columnWhat'].map((name) => element('th', { scope: 'col' }, [text(name)]));
    this.root = element('section', { class: 'table', hidden: true }, [
      element('table', {}, [this.caption, element('thead', {}, [element('tr', {}, columns)]), this.body]), this.rest,
    ]);
  }

  get isShown(): boolean {
    return !this.root.hidden;
  }

  show(isShown: boolean): void {
    this.root.hidden = !isShown;
    this.drawnAt = -Infinity;
    this.draw();
  }

  /** At once where nobody has to wait long, and once more after the last change. */
  draw(): void {
    if (!this.isShown || this.waits) return;
    const wait = this.drawnAt + INTERVAL - performance.now();
    if (wait > 0) {
      this.waits = true;
      setTimeout(() => {
        this.waits = false;
        this.draw();
      }, wait);
      return;
    }
    this.drawnAt = performance.now();
    this.build();
  }

  private build(): void {
    const { state, text } = this;
    const { scale, clock, lanes, selection } = state;
    const { from, to } = selection ?? scale;
    const items = itemsInOrder(lanes, from, to);
    const shown = items.slice(0, MOST_ROWS);
    this.caption.textContent = text('tableCaption', moment(from, clock, text), moment(to, clock, text));
    this.rest.textContent = items.length > shown.length ? text('tableRest', groupedDigits(items.length - shown.length)) : '';
    const words = shown.map(({ lane, item }) => itemText(lane, item, clock, text)).join('\n');
    if (words === this.drawn) return;
    this.drawn = words;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['fault'] : undefined;
    this.body.replaceChildren(...shown.map((placed) => this.row(placed)));
    if (focused !== undefined) this.body.querySelector<HTMLElement>(`[data-fault="${focused}"]`)?.focus();
  }

  private row({ lane, item, begin }: PlacedItem): HTMLElement {
    const { text, state: { clock } } = this;
    const fault = item.kind === 'mark' ? faultOf(item) : undefined;
    const what = whatText(item, text);
    const cell = element('td', {}, [what]);
    if (fault !== undefined) {
      const button = element('button', { class: 'link', 'data-fault': fault }, [what]);
      button.addEventListener('click', () => { this.open(fault); });
      cell.replaceChildren(button);
    }
    return element('tr', {}, [
      element('td', { class: 'number' }, [moment(begin, clock, text)]), element('td', { class: 'number' }, [lengthOf(item, clock, text) ?? '']), element('td', {}, [lane.name]), cell,
    ]);
  }
}
