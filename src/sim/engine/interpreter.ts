/** Generates the interpreter of one processor: a module with the processor's addresses built in. */
import { LocalStoreAddressing, PagedAddressing } from './addressing.ts';
import { divideForms } from './division.ts';
import { gateFunction, gateTo, importsOf } from './gates.ts';
import type { InterpreterParts } from './interpreterParts.ts';
import { runFunction } from './runFunction.ts';
import { slowFetchFunction, slowLoadFunction, type SlowPathParts, slowStoreFunction, slowStoreQuadFunction, syncFunction } from './slowPaths.ts';
import { stepFunction } from './stepFunction.ts';
import { assembleModule, type DefinedFunction } from './wasm.ts';

/** The bytes of a module that exports `run(left: i32): i32` (an exit code). Made in pieces, of which each takes some milliseconds. */
export function* generateInterpreter(parts: InterpreterParts): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const { processor, memoryPages } = parts;
  const { layout } = processor;
  const { gated, others } = importsOf(parts);
  const imports = [...gated, ...others];
  const { inRun, inStep } = divideForms(parts.forms, processor.kind === 'spe' && processor.watchesLoads);
  const own = new Map<string, (slow: SlowPathParts) => DefinedFunction>([
    ['run', (slow) => runFunction(parts, slow, inRun)],
    ['step', (slow) => stepFunction(parts, slow, inStep)],
    ['sync', syncFunction],
    ...gated.map((imported) => [gateTo(imported.name), (slow: SlowPathParts) => gateFunction(imported, slow)] as const),
  ]);
  if (processor.kind === 'ppe') {
    own.set('slowFetch', slowFetchFunction).set('slowLoad', slowLoadFunction).set('slowStore', slowStoreFunction).set('slowStoreQuad', slowStoreQuadFunction);
  }
  const indices = new Map([...imports.map(({ name }) => name), ...own.keys()].map((name, index) => [name, index]));
  const slow: SlowPathParts = {
    addressing: processor.kind === 'ppe' ? new PagedAddressing(processor.layout) : new LocalStoreAddressing(processor.layout),
    cells: layout.cells,
    pc: layout.state + parts.pcOffset,
    index: (name) => {
      const index = indices.get(name);
      if (index === undefined) throw new Error(`The interpreter has no function "${name}".`);
      return index;
    },
  };
  const functions: DefinedFunction[] = [];
  for (const generate of own.values()) {
    functions.push(generate(slow));
    yield;
  }
  return assembleModule({ memoryPages, imports, functions });
}
