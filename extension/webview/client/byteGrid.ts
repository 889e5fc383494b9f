/** Bytes in rows of sixteen. One cell takes the focus; arrows move it, hexadecimal digits write. */
import type { FromMemoryPage, MemoryScreen } from '../messages/memory.ts';
import { element } from './elements.ts';
import type { Host } from './host.ts';

const BYTES_A_ROW = 16;
const FEWEST_ROWS = 4;
const MOST_ROWS = 256;
/** Pixels for the line of text below the grid. */
const BELOW = 32;
/** Pixels of a row as long as none is there to be measured. */
const EXPECTED_ROW = 19;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -BYTES_A_ROW, ArrowDown: BYTES_A_ROW };

export class ByteGrid {
  readonly root: HTMLElement;
  private readonly host: Pick<Host<never, FromMemoryPage, object>, 'post' | 'text'>;
  private screen: MemoryScreen | undefined;
  private cells: readonly HTMLElement[] = [];
  /** Place of the cell with the focus. */
  private place = 0;
  /** The first digit of a byte that is being typed. */
  private digit: string | undefined;
  private marked: { readonly address: number; readonly length: number } | undefined;
  private room = 0;

  constructor(host: Pick<Host<never, FromMemoryPage, object>, 'post' | 'text'>) {
    this.host = host;
    this.root = element('div', { class: 'grid', role: 'grid', 'aria-label': host.text('grid') });
    this.root.addEventListener('keydown', (event) => { if (this.pressed(event)) event.preventDefault(); });
    this.root.addEventListener('click', ({ target }) => { if (target instanceof HTMLElement) this.moveTo(this.cells.indexOf(target)); });
    this.root.addEventListener('wheel', ({ deltaY }) => { this.host.post({ kind: 'move', bytes: Math.sign(deltaY) * 3 * BYTES_A_ROW }); }, { passive: true });
  }

  /** Address of the cell with the focus. */
  get cursor(): number {
    return (this.screen?.address ?? 0) + this.place;
  }

  /** Tells the extension how many bytes fit, where that is new. */
  measure(): void {
    const height = this.root.firstElementChild?.getBoundingClientRect().height ?? EXPECTED_ROW;
    const rows = Math.min(Math.max(Math.floor((innerHeight - this.root.offsetTop - BELOW) / height), FEWEST_ROWS), MOST_ROWS);
    if (rows * BYTES_A_ROW === this.room) return;
    this.room = rows * BYTES_A_ROW;
    this.host.post({ kind: 'room', bytes: this.room });
  }

  show(screen: MemoryScreen): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.screen = screen;
    this.digit = undefined;
    this.place = Math.min(this.place, Math.max(screen.bytes.length - 1, 0));
    const changes = new Map(screen.changes.map(({ at, before }) => [at, before]));
    const differences = new Map(screen.differences.map(({ at, before }) => [at, before]));
    this.cells = screen.bytes.map((byte, at) => this.cell(byte, screen.address + at, changes.get(at), differences.get(at)));
    const rows: HTMLElement[] = [];
    for (let at = 0; at < screen.bytes.length; at += BYTES_A_ROW) rows.push(this.row(screen, at));
    this.root.replaceChildren(...rows);
    this.focus(hadFocus);
    this.measure();
  }

  clear(): void {
    this.screen = undefined;
    this.cells = [];
    this.root.replaceChildren();
  }

  /** Goes to a match and marks it until the next one. */
  mark(address: number, length: number): void {
    this.marked = { address, length };
    if (!this.screen) return;
    this.show(this.screen);
    this.moveTo(address - this.screen.address);
  }

  private row({ address, bytes }: MemoryScreen, at: number): HTMLElement {
    const characters = bytes.slice(at, at + BYTES_A_ROW).map((byte) => (byte !== undefined && byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    return element('div', { class: 'row', role: 'row' }, [
      element('span', { class: 'address', role: 'rowheader' }, [`0x${(address + at).toString(16).padStart(8, '0')}`]),
      ...this.cells.slice(at, at + BYTES_A_ROW),
      element('span', { class: 'characters', role: 'gridcell', 'aria-hidden': 'true' }, [characters]),
    ]);
  }

  private cell(byte: number | undefined, address: number, changedFrom: number | undefined, differsFrom: number | undefined): HTMLElement {
    const { text } = this.host;
    const shown = byte === undefined ? '··' : hex(byte);
    const remarks = [
      ...(changedFrom === undefined ? [] : [text('was', hex(changedFrom))]), ...(differsFrom === undefined ? [] : [text('wasInSnapshot', hex(differsFrom))]),
    ];
    const label = text('byte', `0x${address.toString(16)}`, byte === undefined ? text('unreadable') : shown);
    const isFound = this.marked !== undefined && address >= this.marked.address && address < this.marked.address + this.marked.length;
    const classes = ['cell', ...(changedFrom === undefined ? [] : ['changed']), ...(differsFrom === undefined ? [] : ['differs']), ...(byte === undefined ? ['unreadable'] : []), ...(isFound ? ['found'] : [])];
    return element('span', {
      class: classes.join(' '), role: 'gridcell', tabindex: -1, 'data-address': `0x${address.toString(16)}`,
      'aria-label': [label, ...remarks].join(', '), title: remarks.length > 0 ? remarks.join(', ') : undefined,
    }, [shown]);
  }

  private pressed({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey || !this.screen) return false;
    const step = STEPS[key];
    if (step !== undefined) this.moveTo(this.place + step);
    else if (key === 'PageUp' || key === 'PageDown') this.host.post({ kind: 'move', bytes: (key === 'PageUp' ? -1 : 1) * this.room });
    else if (key === 'Home' || key === 'End') this.moveTo(this.place - (this.place % BYTES_A_ROW) + (key === 'Home' ? 0 : BYTES_A_ROW - 1));
    else if (key === 'Escape') this.leave();
    else if (/^[\da-f]$/i.test(key)) this.typed(key);
    else return false;
    return true;
  }

  private typed(key: string): void {
    const cell = this.cells[this.place];
    if (!cell || this.screen?.canEdit !== true || this.screen.bytes[this.place] === undefined) return;
    if (this.digit === undefined) {
      this.digit = key;
      cell.textContent = `${key}_`;
      return;
    }
    this.host.post({ kind: 'write', address: this.cursor, value: parseInt(this.digit + key, 16) });
    this.digit = undefined;
    this.moveTo(this.place + 1);
  }

  /** The digit that was typed first is forgotten. */
  private leave(): void {
    const cell = this.cells[this.place];
    const byte = this.screen?.bytes[this.place];
    if (this.digit !== undefined && cell) cell.textContent = byte === undefined ? '··' : hex(byte);
    this.digit = undefined;
  }

  /** Beyond the edges the grid moves on by a row. */
  private moveTo(place: number): void {
    if (!this.screen || Number.isNaN(place)) return;
    this.leave();
    if (place < 0 || place >= this.cells.length) {
      this.host.post({ kind: 'move', bytes: (place < 0 ? -1 : 1) * BYTES_A_ROW });
      return;
    }
    this.place = place;
    this.focus(true);
  }

  private focus(takes: boolean): void {
    for (const cell of this.cells) cell.tabIndex = -1;
    const cell = this.cells[this.place];
    if (!cell) return;
    cell.tabIndex = 0;
    if (takes) cell.focus();
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
