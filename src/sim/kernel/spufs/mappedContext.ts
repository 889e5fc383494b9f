import type { HandlerRequest } from '../mm/handler.ts';
import type { SpuContext } from './state.ts';

/** The context whose file is mapped where a page is missing. */
export function mappedContext({ vma }: HandlerRequest): SpuContext {
  if (!vma.context) throw new Error(`The mapping ${vma.name} has a spufs handler and no SPE context.`);
  return vma.context;
}
