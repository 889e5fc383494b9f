/** What is loaded: the program, and its SPU programs. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Program, Segment } from '../../sim/program/program.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { fileSource } from '../sources/fileSource.ts';
import { record, whole } from '../session/shape.ts';

export const modules = request('modules', record({}, { startModule: whole(0), moduleCount: whole(0) }), (session, { startModule = 0, moduleCount = 0 }): DebugProtocol.ModulesResponse['body'] => {
  const { settings: { program } } = debuggeeOf(session, 'modules');
  const all = modulesOf(program).map(({ path, ...module }) => ({ ...module, ...(path === undefined ? {} : { path: session.client.pathOut(path) }) }));
  return { modules: all.slice(startModule, moduleCount === 0 ? undefined : startModule + moduleCount), totalModules: all.length };
});

/** The module of code, as frames name it. */
export function moduleOf({ code, settings: { program } }: Debuggee, unit: CodeUnit): { readonly id: number; readonly name: string } {
  const index = code.images.indexOf(unit);
  return index < 0 ? { id: 0, name: programName(program) } : { id: index + 1, name: unit.name };
}

function programName({ name }: Program): string {
  return fileSource(name).name ?? name;
}

function modulesOf(program: Program): DebugProtocol.Module[] {
  return [
    { id: 0, name: programName(program), ...(program.isa === 'spu' ? { type: 'SPU' } : { type: 'PowerPC' }), ...details(program) },
    ...program.spuImages.map((image, index) => ({ id: index + 1, name: image.name, type: 'SPU', ...details(image) })),
  ];
}

function details({ segments, lines }: Pick<Program, 'segments' | 'lines'>): Pick<DebugProtocol.Module, 'path' | 'isUserCode' | 'symbolStatus' | 'addressRange'> {
  const [path] = lines.files;
  return {
    isUserCode: true, symbolStatus: lines.files.length > 0 ? 'Symbols and lines' : 'No lines', addressRange: rangeOf(segments),
    ...(path === undefined ? {} : { path }),
  };
}

function rangeOf(segments: readonly Segment[]): string {
  const start = Math.min(...segments.map(({ address }) => address));
  const end = Math.max(...segments.map(({ address, memorySize }) => address + memorySize));
  return segments.length === 0 ? '' : `0x${start.toString(16)}-0x${end.toString(16)}`;
}
