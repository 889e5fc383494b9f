/**
 * The imports of an interpreter, and a gate of its own to each: `gate(arguments, record,
 * left)` makes program counter and budget exact and calls the import.
 */
import type { InterpreterParts } from './interpreterParts.ts';
import type { SlowPathParts } from './slowPaths.ts';
import { CodeWriter, type DefinedFunction, type FunctionType } from './wasm.ts';

export type ImportedFunction = FunctionType & { readonly name: string };

/** Name under which a helper is imported, apart from the engine's own imports. */
export function helperImport(helper: string): string {
  return `helper ${helper}`;
}

/** Name of the gate to an import. */
export function gateTo(imported: string): string {
  return `gate to ${imported}`;
}

/** What `slowPaths.ts` calls: position and arguments are theirs. */
const MMU_IMPORTS: readonly ImportedFunction[] = [
  { name: 'fetch', params: ['i32', 'i32'], results: ['i32'] },
  { name: 'miss', params: ['i32', 'i32', 'i32'], results: ['i32'] },
  { name: 'commit', params: [], results: [] },
];

const DECODE: ImportedFunction = { name: 'decode', params: [], results: ['i32'] };
const STORED: ImportedFunction = { name: 'stored', params: ['i32'], results: [] };
const LOADED: ImportedFunction = { name: 'loaded', params: ['i32'], results: [] };

/** The imports that the step function reaches through gates, and the others. */
export function importsOf({ helpers, processor }: InterpreterParts): { gated: ImportedFunction[]; others: readonly ImportedFunction[] } {
  const theirs = Object.entries(helpers).map(([name, count]): ImportedFunction => (
    { name: helperImport(name), params: new Array<'i32'>(count).fill('i32'), results: ['i32'] }
  ));
  return processor.kind === 'ppe'
    ? { gated: [DECODE, ...theirs], others: MMU_IMPORTS }
    : { gated: [DECODE, STORED, ...(processor.watchesLoads ? [LOADED] : []), ...theirs], others: [] };
}

export function gateFunction({ name, params, results }: ImportedFunction, { index }: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  out.get(params.length);
  out.get(params.length + 1);
  out.call(index('sync'));
  params.forEach((_, parameter) => { out.get(parameter); });
  out.call(index(name));
  return { params: [...params, 'i32', 'i32'], results, locals: [], code: out.bytes };
}
