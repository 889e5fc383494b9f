/** Which instruction set a vector file is about. */
import { VectorFileError, type VectorRunner } from './vectors.ts';
import { PpcVectorRunner } from './vectorsPpc.ts';
import { SpuVectorRunner } from './vectorsSpu.ts';

/** @param file Name of the file: it begins with `ppc` or `spu`. */
export function runnerFor(file: string): VectorRunner {
  if (file.startsWith('ppc')) return new PpcVectorRunner();
  if (file.startsWith('spu')) return new SpuVectorRunner();
  throw new VectorFileError(`${file}: the name does not say which instruction set it is about; it begins with "ppc" or "spu".`);
}
