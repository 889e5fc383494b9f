/** The timeline as a picture of its own: SVG with a title, a description and a legend, on a ground of its own that follows light and dark. */
import type { TimelineResponse } from '../../../src/adapter/timelineProtocol.ts';
import type { Say } from '../texts.ts';
import { isOverLabels, laneLabels, type LanePath, lanePaths, type PathKind, PATH_KINDS } from './lanePicture.ts';
import { HEADING_HEIGHT, type LaneRow, laneRows } from './laneRows.ts';
import { LANE_HEIGHT, MIDDLE } from './laneShapes.ts';
import { legendPath } from './legend.ts';
import { rulerOf } from './ruler.ts';
import type { TimeScale } from './timeScale.ts';
import type { TimeUnit } from './timeText.ts';

const NAMES = 170;
const TOP = 58;
const EDGE = 12;
const LEGEND_ENTRY = 150;
const LEGEND_ROW = 20;

/** Colours on a light ground and on a dark one. */
const COLORS: Readonly<Record<PathKind | 'ground' | 'text' | 'line' | 'faint', readonly [light: string, dark: string]>> = {
  ground: ['#ffffff', '#1f1f1f'], text: ['#1f1f1f', '#d4d4d4'], line: ['#dddddd', '#3c3c3c'], faint: ['#616161', '#9d9d9d'],
  running: ['#9fb6c9', '#4d6579'], kernel: ['#b4a0d0', '#6f5a94'], ready: ['#cfcfcf', '#565656'], waiting: ['#d9a066', '#b07a3c'], stopped: ['#8c8c8c', '#8c8c8c'],
  many: ['#c3ccd4', '#46525c'], dma: ['#2e8b8b', '#4fb3b3'], signal: ['#444444', '#cccccc'],
  MINOR: ['#388a34', '#89d185'], MAJOR: ['#bf8803', '#cca700'], RETRY: ['#1a85ff', '#3794ff'], OOM: ['#a1260d', '#f48771'], SIGBUS: ['#e51400', '#f14c4c'], SIGSEGV: ['#e51400', '#f14c4c'],
};

/** What the picture is called and what it says of itself. */
export interface SvgTitle {
  readonly title: string;
  readonly description: string;
}

/** @param scale Of the lanes; its width is that of the picture beside the names. */
export function svgFile(timeline: TimelineResponse, scale: TimeScale, unit: TimeUnit, { title, description }: SvgTitle, say: Say): string {
  const { rows, height } = laneRows(timeline.lanes, new Set());
  const width = NAMES + scale.width + EDGE;
  const drawn = rows.map((row) => rowOf(row, timeline, scale, say));
  const kinds = PATH_KINDS.filter((kind) => drawn.some(({ has }) => has.includes(kind)));
  const perRow = Math.max(Math.floor((width - 2 * EDGE) / LEGEND_ENTRY), 1);
  const legendTop = TOP + height + EDGE;
  const whole = legendTop + Math.ceil(kinds.length / perRow) * LEGEND_ROW + EDGE;
  const { base, ticks } = rulerOf(scale, timeline.cyclesPerSecond, unit);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${styles()}</style>
<rect class="ground" width="${width}" height="${whole}"/>
<text class="title" x="${EDGE}" y="22">${escaped(title)}</text>
<svg x="${NAMES}" y="0" width="${scale.width}" height="${whole}" viewBox="0 0 ${scale.width} ${whole}">
<path class="grid" d="${ticks.map(({ x }) => `M${x.toFixed(1)} ${TOP - 4}V${TOP + height}`).join('')}"/>
${ticks.map(({ x, label }) => `<text class="faint" x="${(x + 3).toFixed(1)}" y="${TOP - 8}">${escaped(label)}</text>`).join('\n')}
</svg>
${base === undefined ? '' : `<text class="faint" x="${NAMES - 8}" y="${TOP - 8}" text-anchor="end">${escaped(base)}</text>`}
${drawn.map(({ markup }) => markup).join('\n')}
<g transform="translate(${EDGE} ${legendTop})">
${kinds.map((kind, index) => legendEntry(kind, index % perRow, Math.floor(index / perRow), say)).join('\n')}
</g>
</svg>
`;
}

interface DrawnRow {
  readonly markup: string;
  readonly has: readonly PathKind[];
}

function rowOf(row: LaneRow, timeline: TimelineResponse, scale: TimeScale, say: Say): DrawnRow {
  const top = TOP + row.top;
  if (row.kind === 'heading') return { markup: `<text class="heading" x="${EDGE}" y="${top + HEADING_HEIGHT - 7}">${escaped(say(row.group))}</text>`, has: [] };
  const paths = lanePaths(row.lane, scale, timeline.end);
  const element = ({ kind, d }: LanePath): string => `<path class="${kind}" d="${d}"/>`;
  const lowered = paths.filter(({ kind }) => !isOverLabels(kind)).map(element);
  const raised = paths.filter(({ kind }) => isOverLabels(kind)).map(element);
  const labels = laneLabels(row.lane, scale).map(({ x, label }) => `<text class="label" x="${x}" y="${MIDDLE + 3.5}">${escaped(label)}</text>`);
  const markup = `<g transform="translate(0 ${top})">
<path class="grid" d="M${EDGE} ${LANE_HEIGHT}H${NAMES + scale.width}"/>
<svg width="${NAMES - 8}" height="${LANE_HEIGHT}"><text x="${EDGE + 10}" y="${MIDDLE + 4}">${escaped(row.lane.name)}</text></svg>
<svg x="${NAMES}" width="${scale.width}" height="${LANE_HEIGHT}">${lowered.join('')}${labels.join('')}${raised.join('')}</svg>
</g>`;
  return { markup, has: paths.map(({ kind }) => kind) };
}

function legendEntry(kind: PathKind, column: number, row: number, say: Say): string {
  return `<g transform="translate(${column * LEGEND_ENTRY} ${row * LEGEND_ROW})"><path class="${kind}" d="${legendPath(kind)}"/><text x="26" y="${MIDDLE + 4}">${escaped(say(kind))}</text></g>`;
}

function styles(): string {
  const one = (index: 0 | 1): string => Object.entries(COLORS).map(([name, color]) => `.${name}{fill:${color[index]}}`).join('')
    + `.grid{fill:none;stroke:${COLORS.line[index]}}text{fill:${COLORS.text[index]}}text.faint{fill:${COLORS.faint[index]}}`;
  return `text{font:12px system-ui,sans-serif}.title{font-size:15px;font-weight:600}.heading{font-weight:600}.label{font-size:10px}.RETRY{fill-rule:evenodd}${one(0)}@media (prefers-color-scheme:dark){${one(1)}}`;
}

function escaped(text: string): string {
  // Characters that XML 1.0 does not have at all are left out.
  return Array.from(text).filter((character) => character >= ' ' || character === '\t' || character === '\n').join('').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
