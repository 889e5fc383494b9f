/** Every conversation by the name of its file in test/golden; the numbers are those of the rules. */
import type { DapClient } from '../../support/dapClient.ts';
import { callsOfC, inlinedFunction } from './cPrograms.ts';
import { badConditions, breakpointsOfAllKinds, movedBreakpoints, pendingBreakpoints } from './breakpoints.ts';
import { ends, killed, letGo, restarted, terminated } from './ends.ts';
import { filesAtOdds, severalFiles } from './files.ts';
import { cancelled, changes, coloured, strangeClient } from './clients.ts';
import { counted, filtered } from './filters.ts';
import { codePlaces, frameAgain, stackParts, stepTargets, threadAlone, threadEnded } from './frames.ts';
import { dataBreakpoints, disassembly, memory, values } from './memory.ts';
import { flood, order, paused, pausedIdle, rapidSteps, start } from './order.ts';
import { reverse, time, travel } from './reverse.ts';
import { deadlock, dmaFault, faultStop, handles, mfcState, paging, typed } from './stops.ts';
import { threads } from './threads.ts';
import { jumps, locations, loaded, setExpressions } from './places.ts';
import { malformed } from './validation.ts';
import { addressSpace, comparison, contextDetails, faultViews, memoryPlaces, statusAndCoverage } from './views.ts';

export const CONVERSATIONS: Readonly<Record<string, (client: DapClient) => Promise<void>>> = {
  '01-order': order,
  '02-start': start,
  '03-breakpoints-kinds': breakpointsOfAllKinds,
  '03-breakpoints-moved': movedBreakpoints,
  '03-breakpoints-pending': pendingBreakpoints,
  '03-breakpoints-conditions': badConditions,
  '03-breakpoints-locations': locations,
  '04-filters': filtered,
  '04-filters-hits': counted,
  '05-end-exit': ends,
  '05-end-terminate': terminated,
  '05-end-kill': killed,
  '05-end-disconnect': letGo,
  '05-end-restart': restarted,
  '06-handles': handles,
  '07-paging': paging,
  '08-rapid-steps': rapidSteps,
  '09-disassembly': disassembly,
  '10-threads': threads,
  '10-threads-alone': threadAlone,
  '10-threads-ended': threadEnded,
  '11-pause': paused,
  '11-pause-idle': pausedIdle,
  '12-memory': memory,
  '13-reverse': reverse,
  '13-reverse-to-fault': travel,
  '14-values': values,
  '14-values-expressions': setExpressions,
  '15-output': flood,
  '16-validation': malformed,
  'cancel': cancelled,
  'changes': changes,
  'client-strange': strangeClient,
  'client-colours': coloured,
  'goto': jumps,
  'locations': codePlaces,
  'restart-frame': frameAgain,
  'stack-parts': stackParts,
  'step-in-targets': stepTargets,
  'timeline': time,
  'typed-input': typed,
  'modules': loaded,
  'several-files': severalFiles,
  'several-files-at-odds': filesAtOdds,
  'data-breakpoints': dataBreakpoints,
  'fault-stop': faultStop,
  'fault-stop-dma': dmaFault,
  'mfc-list': (client) => mfcState(client, 'spe-list.s', 102),
  'mfc-lock-line': (client) => mfcState(client, 'spe-atomic.s', 149),
  'deadlock-stop': deadlock,
  'view-context': contextDetails,
  'view-memory': memoryPlaces,
  'view-address-space': addressSpace,
  'view-faults': faultViews,
  'view-status': statusAndCoverage,
  'view-comparison': comparison,
  'c-inlined': inlinedFunction,
  'c-calls': callsOfC,
};
