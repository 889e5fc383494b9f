import type { DebugProtocol } from '@vscode/debugprotocol';
import { FILTERS } from '../exceptions/filters.ts';
import { Client, initializeArguments } from '../session/client.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';

/** Each capability has its request in the registry. */
const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsInstructionBreakpoints: true,
  supportsBreakpointLocationsRequest: true,
  supportsDataBreakpoints: true,
  supportsDataBreakpointBytes: true,
  exceptionBreakpointFilters: [...FILTERS],
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsClipboardContext: true,
  supportsGotoTargetsRequest: true,
  supportsStepInTargetsRequest: true,
  supportsRestartFrame: true,
  supportsTerminateThreadsRequest: true,
  supportsModulesRequest: true,
  supportsValueFormattingOptions: true,
  supportsSteppingGranularity: true,
  supportsStepBack: true,
  supportsSingleThreadExecutionRequests: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['$', '.', ' '],
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
  supportsDisassembleRequest: true,
  supportsLoadedSourcesRequest: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
  supportsRestartRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsCancelRequest: true,
  supportsANSIStyling: true,
};

export const initialize = request('initialize', initializeArguments, (session, args): DebugProtocol.InitializeResponse['body'] => {
  if (session.isInitialized) throw errors.alreadyInitialized();
  session.client = new Client(args);
  session.isInitialized = true;
  session.outbound.event('initialized', undefined);
  return CAPABILITIES;
});
