import type { DebugProtocol } from '@vscode/debugprotocol';
import { type ParameterFormat, parametersText } from '../c/parameterText.ts';
import { symbolAt } from '../code/codeUnit.ts';
import { referenceOf } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, type Session, threadOf } from '../session/session.ts';
import { faultOf, isInKernel } from '../run/stopped.ts';
import { flag, type Read, record, whole } from '../session/shape.ts';
import { callStack } from '../stack/callStack.ts';
import type { Frame } from '../stack/frame.ts';
import { restartOf } from '../stack/restart.ts';
import { moduleOf } from './modules.ts';
import { frameName, frameSource, instructionPlace, unitOfFrame } from '../stack/places.ts';

const stackFormat = record({}, {
  hex: flag, parameters: flag, parameterTypes: flag, parameterNames: flag, parameterValues: flag, line: flag, module: flag, includeAll: flag,
});
type StackFormat = Read<typeof stackFormat>;

/** While the program runs there are no frames: the client asks for a stop that is over. */
export const stackTrace = request(
  'stackTrace', record({ threadId: whole() }, { startFrame: whole(0), levels: whole(0), format: stackFormat }),
  (session, { threadId, startFrame, levels, format = {} }): DebugProtocol.StackTraceResponse['body'] => {
    const debuggee = debuggeeOf(session, 'stackTrace');
    const { stopped } = session.execution;
    if (!stopped) return { stackFrames: [], totalFrames: 0 };
    const thread = threadOf(debuggee, threadId);
    const frames = callStack(debuggee, thread, faultOf(stopped, thread));
    const start = startFrame ?? 0;
    const end = levels === undefined || levels === 0 ? frames.length : start + levels;
    const shown = frames.slice(start, end).map((frame) => shownFrame(session, debuggee, frame, { format, isKernelShown: isInKernel(stopped) }));
    return { stackFrames: shown, totalFrames: frames.length };
  },
);

/**
 * Unless the user is stepping through it, the kernel is not where a client should look first:
 * a fault is shown at the instruction that made it.
 */
function shownFrame({ handles, client }: Session, debuggee: Debuggee, frame: Frame, { format, isKernelShown }: { readonly format: StackFormat; readonly isKernelShown: boolean }): DebugProtocol.StackFrame {
  const { source: place, line, column } = frameSource(debuggee, frame);
  const isKernel = frame.kind === 'kernel' || frame.kind === 'returned';
  const named = place && client.sourceOut(place);
  const source = named && isKernel && !isKernelShown ? { ...named, presentationHint: 'deemphasize' as const } : named;
  const instruction = instructionPlace(frame);
  const isLabel = frame.kind === 'user' && frame.isSignal;
  const module = isLabel ? undefined : moduleOfUnit(debuggee, frame);
  return {
    id: handles.frame(frame),
    name: formattedName(`${frameName(debuggee, frame)}${parametersOf(debuggee, frame, format)}`, { module: module?.name, line: source && !isKernel ? client.lineOut(line) : undefined }, format),
    line: source ? client.lineOut(line) : 0, column: source ? client.columnOut(column) : 0,
    ...(source ? { source } : {}),
    ...(instruction ? { instructionPointerReference: referenceOf(instruction) } : {}),
    ...(module ? { moduleId: module.id } : {}),
    canRestart: restartOf(debuggee, frame) !== undefined,
    ...(isLabel ? { presentationHint: 'label' } : frame.kind === 'returned' ? { presentationHint: 'subtle' } : {}),
  };
}

/** `(int count = 3)` behind the name of a function in C, where the client asks for parameters. Names alone stand where it does not say what of them. */
function parametersOf(debuggee: Debuggee, frame: Frame, { parameters, parameterTypes, parameterNames, parameterValues, includeAll = false, hex }: StackFormat): string {
  const asked = [parameterTypes, parameterNames, parameterValues].map((part) => part === true || includeAll);
  const [types = false, names = false, values = false] = asked;
  const isAsked = asked.some(Boolean);
  if (frame.kind !== 'user' || !(isAsked || parameters === true)) return '';
  const format: ParameterFormat = { types, names: names || !isAsked, values, ...(hex === undefined ? {} : { hex }) };
  const text = parametersText(frame, format, (address) => symbolAt(debuggee.code.ppe, address));
  return text === undefined ? '' : `(${text})`;
}

/** `calls!main Line 12`: what of it is shown is the client's choice. */
function formattedName(name: string, { module, line }: { readonly module: string | undefined; readonly line: number | undefined }, format: StackFormat): string {
  const { includeAll = false } = format;
  const isInModule = module !== undefined && (format.module === true || includeAll);
  const hasLine = line !== undefined && (format.line === true || includeAll);
  return `${isInModule ? `${module}!` : ''}${name}${hasLine ? ` Line ${String(line)}` : ''}`;
}

/** The module that a frame of user code is in. */
function moduleOfUnit(debuggee: Debuggee, frame: Frame): { readonly id: number; readonly name: string } | undefined {
  if (frame.kind === 'kernel' || frame.kind === 'returned') return undefined;
  const unit = unitOfFrame(debuggee, frame);
  return unit && moduleOf(debuggee, unit);
}
