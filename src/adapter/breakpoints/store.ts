/** All breakpoints of a session. They outlive a restart; their ids go by what was asked for, not by order. */
import type { Debuggee } from '../session/debuggee.ts';
import { type Breakpoint, type BreakpointPlace, type BreakpointRules, type BreakpointTarget, parseRules, placesOf } from './breakpoint.ts';
import { HitCount } from './hitCount.ts';
import { resolve } from './resolve.ts';

export interface WantedBreakpoint {
  readonly target: BreakpointTarget;
  readonly rules: BreakpointRules;
}

const NONE: readonly Breakpoint[] = [];

export class Breakpoints {
  private readonly groups = new Map<string, readonly Breakpoint[]>();
  private readonly ids = new Map<string, number>();
  private index: ReadonlyMap<string, readonly Breakpoint[]> | undefined;

  /** Takes the place of all breakpoints of a group: a source, the functions, or the instructions. */
  replace(group: string, wanted: readonly WantedBreakpoint[], debuggee: Debuggee | undefined): readonly Breakpoint[] {
    const before = this.groups.get(group) ?? [];
    const now = wanted.map(({ target, rules }): Breakpoint => {
      const id = this.idOf(group, target);
      const same = before.find((b) => b.id === id && b.rules.hitCondition === rules.hitCondition);
      return { id, target, rules, parsed: parseRules(rules), resolution: resolve(target, debuggee), hits: same?.hits ?? new HitCount() };
    });
    this.groups.set(group, now);
    this.index = undefined;
    return now;
  }

  /** Finds the places again, in another program. Answers the breakpoints that look different now. */
  bind(debuggee: Debuggee): readonly Breakpoint[] {
    this.index = undefined;
    return this.all().filter((breakpoint) => {
      const before = JSON.stringify(breakpoint.resolution);
      breakpoint.resolution = resolve(breakpoint.target, debuggee);
      breakpoint.hits.clear();
      return JSON.stringify(breakpoint.resolution) !== before;
    });
  }

  /** A new future begins at a place: nothing was hit behind it. */
  forgetAfter(place: number): void {
    for (const { hits } of this.all()) hits.forgetAfter(place);
  }

  all(): readonly Breakpoint[] {
    return [...this.groups.values()].flat();
  }

  /** Those at a place. */
  at(place: BreakpointPlace): readonly Breakpoint[] {
    this.index ??= indexOf(this.all());
    return this.index.get(placeKey(place)) ?? NONE;
  }

  private idOf(group: string, target: BreakpointTarget): number {
    const key = `${group} ${JSON.stringify(target.kind === 'line' ? [target.line, target.column] : target)}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.ids.size + 1;
    this.ids.set(key, id);
    return id;
  }
}

function indexOf(breakpoints: readonly Breakpoint[]): ReadonlyMap<string, readonly Breakpoint[]> {
  const index = new Map<string, Breakpoint[]>();
  for (const breakpoint of breakpoints) {
    for (const key of new Set(placesOf(breakpoint).map(placeKey))) {
      const there = index.get(key);
      if (there) there.push(breakpoint);
      else index.set(key, [breakpoint]);
    }
  }
  return index;
}

function placeKey(place: BreakpointPlace): string {
  switch (place.kind) {
    case 'ppe': return `ppe ${String(place.address)}`;
    case 'spu': return `spu ${place.program} ${String(place.address)}`;
    case 'localStore': return `ls ${place.context} ${String(place.address)}`;
    case 'data': return `data ${JSON.stringify(place.watch)}`;
    case 'kernel': return `kernel ${place.path} ${String(place.step)}`;
  }
}
