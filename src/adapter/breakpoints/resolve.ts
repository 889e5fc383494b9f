/** Finds where breakpoints are in a program. */
import { isAlive } from '../../sim/kernel/signal/send.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { SIGNAL_TRAMPOLINE } from '../../sim/kernel/task/vdso.ts';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { notCodeAddress } from '../code/codeAddress.ts';
import { behindPrologue, codeOfLine, type CodeUnit, unitsOf } from '../code/codeUnit.ts';
import { isAddressAlone, parseReference, referenceOf } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { fileSource } from '../sources/fileSource.ts';
import { listedPath, pathName } from '../sources/kernelListings.ts';
import { watchedRange, watchOf } from './watched.ts';
import type { BreakpointPlace, BreakpointTarget, DataAccessType, Resolution } from './breakpoint.ts';

/** `debuggee` is absent before the launch. */
export function resolve(target: BreakpointTarget, debuggee: Debuggee | undefined): Resolution {
  if (!debuggee) return { places: [], reason: 'pending', message: 'The program is not loaded yet.' };
  switch (target.kind) {
    case 'line': return resolveLine(debuggee, target.source, target.line);
    case 'function': return resolveFunction(debuggee, target.name);
    case 'data': return resolveData(debuggee, target.dataId, target.access);
    case 'instruction': return resolveInstruction(debuggee, target.reference, target.offset);
  }
}

function resolveLine(debuggee: Debuggee, source: DebugProtocol.Source, line: number): Resolution {
  const path = listedPath(source);
  if (path !== undefined) return resolveListing(debuggee, path, line);
  const file = source.path ?? source.name ?? '';
  const { line: first, code } = codeOfLine(debuggee.code, file, line);
  const [one] = code;
  if (!one || first === undefined) return { places: [], reason: 'failed', message: noCode(debuggee, file, line) };
  return {
    places: code.flatMap(({ unit, addresses }) => addresses.map((address) => codePlace(unit, behindPrologue(unit, address)))),
    line: first,
    source: fileSource(one.file),
    ...(first === line ? {} : { message: `Line ${String(line)} has no code; the breakpoint is on line ${String(first)}.` }),
  };
}

function noCode(debuggee: Debuggee, file: string, line: number): string {
  const known = unitsOf(debuggee.code).some(({ lines }) => lines.linesWithCode(file).length > 0);
  if (known) return `There is no code on line ${String(line)} or below it.`;
  const hasLines = unitsOf(debuggee.code).some(({ lines }) => lines.table.files.length > 0);
  return hasLines
    ? `No code of the program comes from this file; the program was made from others.`
    : 'The program has no line table; build it with -g, or set breakpoints on functions and instructions.';
}

function resolveListing(debuggee: Debuggee, path: Parameters<Debuggee['listings']['listing']>[0], line: number): Resolution {
  const listing = debuggee.listings.listing(path);
  for (let at = line; at <= listing.lines.length; at += 1) {
    const step = listing.stepOfLine(at);
    if (step === undefined) continue;
    return {
      places: [{ kind: 'kernel', path, step }],
      line: at,
      source: debuggee.listings.source(path),
      ...(at === line ? {} : { message: `Line ${String(line)} is no step; the breakpoint is on line ${String(at)}.` }),
    };
  }
  return { places: [], reason: 'failed', message: `The listing of ${path} has no step on line ${String(line)} or below it.` };
}

/** Functions and labels of the program and of its SPU programs (`NAME:function` for one of them), and kernel paths. */
function resolveFunction(debuggee: Debuggee, text: string): Resolution {
  const name = text.trim();
  const path = pathName(name);
  if (path !== undefined) return { ...resolveListing(debuggee, path, 1), message: `The kernel path ${path} of Linux ${debuggee.machine.profile.name}.` };
  const [, program, inside = ''] = /^([^:]+):(.+)$/.exec(name) ?? [undefined, undefined, name];
  const found = unitsOf(debuggee.code).flatMap((unit) => {
    if (program !== undefined && unit.name !== program) return [];
    const symbol = unit.symbols.named(inside);
    const own = symbol && symbol.kind !== 'object' ? [behindPrologue(unit, symbol.address)] : [];
    return [...own, ...unit.debug?.functions.inlinedAt(inside) ?? []].map((address) => ({ unit, address }));
  });
  const [one] = found;
  if (!one) return { places: [], reason: 'failed', message: `The program has no function or label "${name}", and the kernel no such path.` };
  const place = one.unit.lines.placeOf(one.address);
  return {
    places: found.map(({ unit, address }) => codePlace(unit, address)),
    ...(place ? { line: place.line, source: fileSource(place.file) } : {}),
  };
}

function resolveInstruction(debuggee: Debuggee, reference: string, offset: number): Resolution {
  const [task] = debuggee.machine.state.tasks.values();
  const parsed = parseReference(reference, task?.tid ?? 0);
  if (!parsed || parsed.space.kind === 'pa') {
    return { places: [], reason: 'failed', message: `"${reference}" is no place of an instruction; write ea:TASK:0x... or ls:CONTEXT:0x...` };
  }
  const { space } = parsed;
  const address = parsed.address + offset;
  const wrong = notCodeAddress(space.kind === 'ls' ? 'spu' : 'ppc', BigInt(address));
  if (wrong !== undefined) return { places: [], reason: 'failed', message: wrong };
  const instructionReference = referenceOf({ space, address });
  if (space.kind === 'ls') {
    if (!debuggee.machine.state.spufs.contexts.has(space.context)) return { places: [], reason: 'pending', message: `There is no SPE context ${space.context} now.` };
    return { places: [{ kind: 'localStore', context: space.context, address }], instructionReference };
  }
  const named = debuggee.machine.state.tasks.get(space.tid);
  if (!named || !isAlive(named)) return { places: [], reason: 'failed', message: `There is no task ${String(space.tid)} now.` };
  if (!isCode(debuggee, named, address)) return { places: [], reason: 'failed', message: 'The program has no code at this address.' };
  return { places: [{ kind: 'ppe', address, ...(isAddressAlone(reference) ? {} : { spaceOf: space.tid }) }], instructionReference };
}

function resolveData(debuggee: Debuggee, dataId: string, access: DataAccessType): Resolution {
  const range = watchedRange(dataId);
  if (!range) return { places: [], reason: 'failed', message: `"${dataId}" names no bytes; write ea:TASK:0x...+4, ls:CONTEXT:0x...+4 or pa:0x...+4.` };
  const watch = watchOf(debuggee.machine, range, access);
  return watch ? { places: [{ kind: 'data', watch }] } : { places: [], reason: 'failed', message: 'The task whose memory this is has ended.' };
}

function isCode({ settings }: Debuggee, { mm }: Task, address: number): boolean {
  if (address === SIGNAL_TRAMPOLINE) return true;
  const inFile = settings.program.segments.some((s) => s.executable && address >= s.address && address < s.address + s.memorySize);
  return inFile || mm.vmas.some(({ exec, start, end }) => exec && address >= start && address < end);
}

function codePlace(unit: CodeUnit, address: number): BreakpointPlace {
  return unit.image ? { kind: 'spu', program: unit.name, address } : { kind: 'ppe', address };
}
