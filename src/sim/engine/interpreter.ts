/** Generates the interpreter of one processor: a module with the processor's addresses built in. */
import { LocalStoreAddressing, PagedAddressing } from './addressing.ts';
import { helperImport, type InterpreterParts } from './interpreterParts.ts';
import { runFunction } from './runFunction.ts';
import { slowLoadFunction, type SlowPathParts, slowStoreFunction, slowStoreQuadFunction, syncFunction } from './slowPaths.ts';
import { assembleModule, type FunctionType } from './wasm.ts';

type Import = FunctionType & { readonly name: string };

/** The bytes of a module that exports `run(left: i32): i32` (an exit code). */
export function generateInterpreter(parts: InterpreterParts): Uint8Array<ArrayBuffer> {
  const { processor, memoryPages } = parts;
  const { layout } = processor;
  const isPpe = processor.kind === 'ppe';
  const imports = [...(isPpe ? PPE_IMPORTS : SPE_IMPORTS), ...helperImports(parts.helpers)];
  const own = isPpe ? ['run', 'sync', 'slowLoad', 'slowStore', 'slowStoreQuad'] : ['run', 'sync'];
  const indices = new Map([...imports.map(({ name }) => name), ...own].map((name, index) => [name, index]));
  const slow: SlowPathParts = {
    addressing: isPpe ? new PagedAddressing(processor.layout) : new LocalStoreAddressing(processor.layout),
    cells: layout.cells,
    pc: layout.state + parts.pcOffset,
    index: (name) => {
      const index = indices.get(name);
      if (index === undefined) throw new Error(`A meaning calls "${name}", which its instruction set does not declare.`);
      return index;
    },
  };
  const functions = [runFunction(parts, slow), syncFunction(slow)];
  if (isPpe) functions.push(slowLoadFunction(slow), slowStoreFunction(slow), slowStoreQuadFunction(slow));
  return assembleModule({ memoryPages, imports, functions });
}

const PPE_IMPORTS: readonly Import[] = [
  { name: 'decode', params: [], results: ['i32'] },
  { name: 'fetch', params: ['i32', 'i32'], results: ['i32'] },
  { name: 'miss', params: ['i32', 'i32', 'i32'], results: ['i32'] },
  { name: 'commit', params: [], results: [] },
];

const SPE_IMPORTS: readonly Import[] = [
  { name: 'decode', params: [], results: ['i32'] },
  { name: 'codeWritten', params: ['i32'], results: [] },
];

function helperImports(helpers: Readonly<Record<string, number>>): Import[] {
  return Object.entries(helpers).map(([name, count]) => (
    { name: helperImport(name), params: new Array<'i32'>(count).fill('i32'), results: ['i32'] }
  ));
}
