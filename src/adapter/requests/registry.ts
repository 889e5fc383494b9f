/** Every request that the adapter answers. */
import type { Request } from '../session/request.ts';
import { setBreakpoints, setFunctionBreakpoints, setInstructionBreakpoints } from './breakpoints.ts';
import { mappings, pages, translate } from './addressSpace.ts';
import { breakpointLocations } from './breakpointLocations.ts';
import { cancel } from './cancel.ts';
import { compareKernels } from './compare.ts';
import { completions } from './completions.ts';
import { configurationDone } from './configurationDone.ts';
import { dataBreakpointInfo, setDataBreakpoints } from './dataBreakpoints.ts';
import { coverage } from './coverage.ts';
import { disconnect, restart, terminate } from './end.ts';
import { evaluate } from './evaluate.ts';
import { exceptionInfo, setExceptionBreakpoints } from './exceptions.ts';
import { faults, groupedFaults, linesWithFaults, recordedFaults } from './faults.ts';
import { goTo, gotoTargets } from './goto.ts';
import { faultTable } from './faultTable.ts';
import { initialize } from './initialize.ts';
import { input, wantsInput } from './input.ts';
import { attach, launch } from './launch.ts';
import { locations } from './locations.ts';
import { disassemble, readMemory, writeMemory } from './memory.ts';
import { findMemory, memoryPlace } from './memoryViews.ts';
import { modules } from './modules.ts';
import { restartFrame } from './restartFrame.ts';
import { goOn, next, pause, stepIn, stepOut } from './resume.ts';
import { reverseContinue, stepBack, travelTo } from './reverse.ts';
import { scopes } from './scopes.ts';
import { loadedSources, source } from './sources.ts';
import { stepInTargets } from './stepInTargets.ts';
import { stepInto } from './stepInto.ts';
import { setExpression } from './setExpression.ts';
import { stackTrace } from './stackTrace.ts';
import { terminateThreads } from './terminateThreads.ts';
import { threads } from './threads.ts';
import { timeline } from './timeline.ts';
import { setVariable, variables } from './variables.ts';
import { context, contexts, status } from './views.ts';

export const REQUESTS: readonly Request[] = [
  initialize, launch, attach, configurationDone,
  setBreakpoints, setFunctionBreakpoints, setInstructionBreakpoints, setExceptionBreakpoints, breakpointLocations, dataBreakpointInfo, setDataBreakpoints,
  threads, stackTrace, scopes, variables, setVariable, setExpression, evaluate, completions, exceptionInfo,
  goOn, next, stepIn, stepInTargets, stepOut, pause, gotoTargets, goTo, restartFrame, terminateThreads,
  readMemory, writeMemory, disassemble, source, loadedSources, modules, locations,
  stepBack, reverseContinue, travelTo,
  cancel, terminate, disconnect, restart,
  coverage, contexts, context, faults, groupedFaults, recordedFaults, linesWithFaults, faultTable, input, wantsInput, timeline, status, stepInto, compareKernels, memoryPlace, findMemory, translate, mappings, pages,
];
