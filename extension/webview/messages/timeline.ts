/** What the timeline's page and the extension tell each other. */
import type { TimelineResponse } from '../../../src/adapter/timelineProtocol.ts';
import type { Look } from '../timeline/timeScale.ts';
import type { TimeUnit } from '../timeline/timeText.ts';

export type ToTimelinePage =
  /** @property program Another one than before: the page starts anew with all of its time. */
  | { readonly kind: 'timeline'; readonly timeline: TimelineResponse; readonly program: string; readonly hasEnded: boolean }
  /** Instead of lanes: why there are none. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** The fault that the program has stopped on is marked. */
  | { readonly kind: 'fault'; readonly fault: number };

export type FromTimelinePage =
  /** What it draws from now on, in so many points. */
  | { readonly kind: 'look'; readonly look: Look; readonly points: number; readonly unit: TimeUnit }
  | { readonly kind: 'fault'; readonly fault: number }
  | { readonly kind: 'thread'; readonly threadId: number }
  | { readonly kind: 'export' };
