/** What lanes look like, and what lies under a place of them. One cycle is one point here. */
import { describe, expect, it } from 'vitest';
import { beginOf, itemAt, itemsIn, type LaneItem, neighbour } from '../../../extension/webview/timeline/laneItems.ts';
import { laneLabels, lanePaths } from '../../../extension/webview/timeline/lanePicture.ts';
import { laneRows, rowAt } from '../../../extension/webview/timeline/laneRows.ts';
import { faultForm, MIDDLE } from '../../../extension/webview/timeline/laneShapes.ts';
import { SEVERITY } from '../../../src/adapter/timelineProtocol.ts';
import { laneOf, sample } from './sample.ts';

const scale = { from: 0, to: 1000, width: 1000 };
const task = laneOf('task1000');
const context = laneOf('contextworker');

/** Left and right ends of the rectangles of a path. The last point of a bar is the gap before the next one. */
const ends = (d: string | undefined): number[][] => [...(d ?? '').matchAll(/M(-?[\d.]+) [\d.]+h([\d.]+)/g)].map(([, left, width]) => [Number(left), Number(left) + Number(width)]);
const nameOf = (item: LaneItem | undefined): string | undefined => item && (item.kind === 'span' ? item.span.doing : item.mark.what);

describe('the picture of a lane', () => {
  it('has one path for each thing that there is in it', () => {
    expect(lanePaths(task, scale, 1000).map(({ kind }) => kind)).toEqual(['running', 'waiting', 'signal', 'MINOR', 'RETRY']);
    expect(lanePaths(laneOf('spe1'), scale, 1000)).toEqual([]);
  });

  it('has its bars where its spans are', () => {
    const paths = new Map(lanePaths(task, scale, 1000).map(({ kind, d }) => [kind, d]));
    expect(ends(paths.get('running'))).toEqual([[0, 199], [600, 999]]);
    expect(ends(paths.get('waiting'))).toEqual([[200, 599]]);
  });

  it('draws what has not ended up to now, and nothing far outside of its window', () => {
    expect(ends(lanePaths(context, scale, 900).find(({ kind }) => kind === 'dma')?.d)).toEqual([[150, 250], [300, 900]]);
    const near = lanePaths(task, { from: 300, to: 310, width: 1000 }, 1000);
    expect(near.map(({ kind }) => kind)).toEqual(['waiting']);
    const [[left, right] = []] = ends(near[0]?.d);
    expect(left).toBeGreaterThan(-50);
    expect(right).toBeLessThan(1050);
  });

  it('stays small with many spans: a path for each kind of doing', () => {
    const spans = Array.from({ length: 600 }, (_, index) => ({ from: index, to: index + 1, doing: index % 2 === 0 ? 'running' : 'waiting' } as const));
    expect(lanePaths({ spans, marks: [] }, scale, 1000)).toHaveLength(2);
  });

  it('says in wide bars what they are, and cuts what does not fit', () => {
    const cpu = laneOf('cpu0');
    expect(laneLabels(cpu, scale)).toEqual([{ x: 4, label: '1000 main' }]);
    expect(laneLabels(cpu, { from: 0, to: 1000, width: 50 }).map(({ label }) => label)).toEqual(['1000 m…']);
    expect(laneLabels(cpu, { from: 0, to: 1000, width: 20 })).toEqual([]);
    expect(laneLabels(cpu, { from: 500, to: 600, width: 1000 })).toEqual([{ x: 4, label: '1000 main' }]);
  });

  it('has another form for each outcome', () => {
    expect(new Set(SEVERITY.map((outcome) => faultForm(outcome, 0, false))).size).toBe(6);
  });
});

describe('what lies under a place', () => {
  it.each([
    [50, MIDDLE, 'running'], [102, MIDDLE, 'MINOR 0x10000 execute'], [196, MIDDLE, 'RETRY 0x30000010 store'], [300, MIDDLE, 'waiting'], [602, 3, 'SIGALRM <14>'], [602, MIDDLE, 'running'],
  ])('at %d, %d of the task is %s', (x, y, name) => {
    expect(nameOf(itemAt(task, scale, x, y))).toBe(name);
  });

  it.each([[200, 22, 'get 0x4000 tag 3'], [200, MIDDLE, 'running'], [320, 22, 'put 0x4000 tag 3'], [10, MIDDLE, undefined], [270, 22, undefined]])('at %d, %d of the context is %s', (x, y, name) => {
    expect(nameOf(itemAt(context, scale, x, y))).toBe(name);
  });

  it('is the nearer one of two marks', () => {
    const narrow = { from: 0, to: 10_000, width: 1000 };
    expect(nameOf(itemAt(task, narrow, 12, MIDDLE))).toBe('MINOR 0x10000 execute');
    expect(nameOf(itemAt(task, narrow, 18, MIDDLE))).toBe('RETRY 0x30000010 store');
  });
});

describe('from event to event', () => {
  it('one comes through all of a lane, and back', () => {
    const forwards: number[] = [];
    let item: LaneItem | undefined;
    for (let next = neighbour(task, undefined, 1, 0); next; next = neighbour(task, next, 1, 0)) {
      forwards.push(beginOf(next));
      item = next;
    }
    expect(forwards).toEqual([0, 100, 200, 200, 600, 600]);
    const backwards: number[] = [];
    for (; item; item = neighbour(task, item, -1, 0)) backwards.push(beginOf(item));
    expect(backwards).toEqual(forwards.toReversed());
  });

  it('one begins with the first that begins in sight', () => {
    expect(nameOf(neighbour(task, undefined, 1, 150))).toBe('waiting');
    expect(nameOf(neighbour(task, undefined, -1, 150))).toBe('MINOR 0x10000 execute');
  });

  it('one goes on where the current one is not there any more', () => {
    const gone: LaneItem = { kind: 'mark', mark: { kind: 'signal', at: 300, what: 'SIGUSR1', count: 1 } };
    expect(nameOf(neighbour(task, gone, 1, 0))).toBe('running');
    expect(nameOf(neighbour(task, gone, -1, 0))).toBe('RETRY 0x30000010 store');
  });

  it('a window has what reaches into it', () => {
    expect(itemsIn(task, 250, 300).map(nameOf)).toEqual(['waiting', 'RETRY 0x30000010 store']);
  });
});

describe('rows', () => {
  it('stand under a heading for each kind', () => {
    expect(laneRows(sample.lanes, new Set()).rows.map((row) => (row.kind === 'heading' ? `${row.group} ${row.lanes}` : row.lane.id))).toEqual(
      ['cpu 1', 'cpu0', 'spe 2', 'spe0', 'spe1', 'task 1', 'task1000', 'context 1', 'contextworker'],
    );
  });

  it('are left out where their heading is closed', () => {
    const rows = laneRows(sample.lanes, new Set(['spe'] as const));
    expect(rows.rows.filter(({ kind }) => kind === 'lane')).toHaveLength(3);
    expect(rows.height).toBeLessThan(laneRows(sample.lanes, new Set()).height);
  });

  it('are found by their height', () => {
    const rows = laneRows(sample.lanes, new Set());
    for (const row of rows.rows) expect(rowAt(rows, row.top + 5)).toBe(row);
    expect(rowAt(rows, -1)).toBeUndefined();
    expect(rowAt(rows, rows.height)).toBeUndefined();
  });
});
