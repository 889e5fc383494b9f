/** Every request that the adapter answers. */
import type { Request } from '../session/request.ts';
import { setBreakpoints, setFunctionBreakpoints, setInstructionBreakpoints } from './breakpoints.ts';
import { mappings, pages, translate } from './addressSpace.ts';
import { breakpointLocations } from './breakpointLocations.ts';
import { completions } from './completions.ts';
import { configurationDone } from './configurationDone.ts';
import { dataBreakpointInfo, setDataBreakpoints } from './dataBreakpoints.ts';
import { disconnect, restart, terminate } from './end.ts';
import { evaluate } from './evaluate.ts';
import { exceptionInfo, setExceptionBreakpoints } from './exceptions.ts';
import { goTo, gotoTargets } from './goto.ts';
import { initialize } from './initialize.ts';
import { attach, launch } from './launch.ts';
import { disassemble, readMemory, writeMemory } from './memory.ts';
import { findMemory, memoryPlace } from './memoryViews.ts';
import { modules } from './modules.ts';
import { goOn, next, pause, stepIn, stepOut } from './resume.ts';
import { scopes } from './scopes.ts';
import { loadedSources, source } from './sources.ts';
import { stepInto } from './stepInto.ts';
import { setExpression } from './setExpression.ts';
import { stackTrace } from './stackTrace.ts';
import { threads } from './threads.ts';
import { setVariable, variables } from './variables.ts';
import { context, contexts, faults } from './views.ts';

export const REQUESTS: readonly Request[] = [
  initialize, launch, attach, configurationDone,
  setBreakpoints, setFunctionBreakpoints, setInstructionBreakpoints, setExceptionBreakpoints, breakpointLocations, dataBreakpointInfo, setDataBreakpoints,
  threads, stackTrace, scopes, variables, setVariable, setExpression, evaluate, completions, exceptionInfo,
  goOn, next, stepIn, stepOut, pause, gotoTargets, goTo,
  readMemory, writeMemory, disassemble, source, loadedSources, modules,
  terminate, disconnect, restart,
  contexts, context, faults, stepInto, memoryPlace, findMemory, translate, mappings, pages,
];
