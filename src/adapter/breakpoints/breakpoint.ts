/** A breakpoint: what the user asked for, and where it is. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Watch } from '../../sim/mmu/watches.ts';
import type { PathName } from '../../sim/kernel/path.ts';
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import type { Client } from '../session/client.ts';
import { type HitCondition, parseHitCondition } from './hitCondition.ts';
import type { HitCount } from './hitCount.ts';
import { type LogPart, parseLogMessage } from './logMessage.ts';

/** Where a breakpoint stops. */
export type BreakpointPlace =
  /** `spaceOf`: the task in whose address space it is; in any where there is none. */
  | { readonly kind: 'ppe'; readonly address: number; readonly spaceOf?: number }
  /** In an SPU program, in whichever context it is. */
  | { readonly kind: 'spu'; readonly program: string; readonly address: number }
  | { readonly kind: 'localStore'; readonly context: string; readonly address: number }
  | { readonly kind: 'kernel'; readonly path: PathName; readonly step: number }
  /** Accesses to these bytes. */
  | { readonly kind: 'data'; readonly watch: Watch };

/** What the user asked for. */
export type BreakpointTarget =
  | { readonly kind: 'line'; readonly source: DebugProtocol.Source; readonly line: number; readonly column: number | undefined }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'instruction'; readonly reference: string; readonly offset: number }
  /** `dataId` says which bytes (`watchedRange`). */
  | { readonly kind: 'data'; readonly dataId: string; readonly access: DataAccessType };

export type DataAccessType = 'read' | 'write' | 'readWrite';

export interface BreakpointRules {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

/** Where a target is in a program; `message` says why it is nowhere, or elsewhere. */
export interface Resolution {
  readonly places: readonly BreakpointPlace[];
  readonly reason?: 'pending' | 'failed';
  readonly message?: string;
  /** The line that it is on, and the source, where they are known. */
  readonly line?: number;
  readonly source?: DebugProtocol.Source;
  readonly instructionReference?: string;
}

export interface ParsedRules {
  readonly condition: Expression | undefined;
  readonly hit: HitCondition | undefined;
  readonly log: readonly LogPart[] | undefined;
}

export interface Breakpoint {
  readonly id: number;
  readonly target: BreakpointTarget;
  readonly rules: BreakpointRules;
  /** A sentence where a rule cannot be read: then the breakpoint is nowhere. */
  readonly parsed: ParsedRules | string;
  resolution: Resolution;
  readonly hits: HitCount;
}

export function parseRules({ condition, hitCondition, logMessage }: BreakpointRules): ParsedRules | string {
  try {
    const hit = filled(hitCondition) ? parseHitCondition(hitCondition) : undefined;
    if (typeof hit === 'string') return hit;
    return {
      condition: filled(condition) ? parseExpression(condition) : undefined,
      hit,
      log: filled(logMessage) ? parseLogMessage(logMessage) : undefined,
    };
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function filled(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** Places where a breakpoint really stops. */
export function placesOf({ parsed, resolution }: Breakpoint): readonly BreakpointPlace[] {
  return typeof parsed === 'string' ? [] : resolution.places;
}

/** As the client is shown it. */
export function shownBreakpoint({ id, target, parsed, resolution }: Breakpoint, client: Pick<Client, 'lineOut' | 'sourceOut'>): DebugProtocol.Breakpoint {
  const { places, reason, message, line, source, instructionReference } = resolution;
  const verified = places.length > 0 && typeof parsed !== 'string';
  const why = typeof parsed === 'string' ? parsed : message;
  const shownSource = source ?? (target.kind === 'line' ? target.source : undefined);
  const shownLine = line ?? (target.kind === 'line' ? target.line : undefined);
  return {
    id, verified,
    ...(why === undefined ? {} : { message: why }),
    ...(verified ? {} : { reason: typeof parsed === 'string' ? 'failed' : reason ?? 'failed' }),
    ...(shownSource ? { source: client.sourceOut(shownSource) } : {}),
    ...(shownLine === undefined ? {} : { line: client.lineOut(shownLine) }),
    ...(instructionReference === undefined ? {} : { instructionReference }),
  };
}
