/** A program under several kernels, for a client that has a place to show how they differ. */
import { Machine } from '../../sim/machine.ts';
import { type Comparison, compare } from '../comparison/comparison.ts';
import { kernelsUnder, POLICIES } from '../comparison/policies.ts';
import { type RunFaults, runProgram } from '../comparison/programRun.ts';
import type { Outside } from '../comparison/runToEnd.ts';
import { comparisonText } from '../comparison/text.ts';
import { type CheckedLaunch, kernel, launchArguments } from '../launch/arguments.ts';
import { hostSources } from '../launch/hostSources.ts';
import { type PreparedLaunch, prepareLaunch } from '../launch/prepare.ts';
import { COMPARE_REQUEST, type ComparedPlace, type CompareResponse, COMPARING_EVENT } from '../protocol.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { list, oneOf, record, whole } from '../session/shape.ts';
import { fileSource } from '../sources/fileSource.ts';
import { launchFailure } from './launch.ts';

const COLUMNS = 120;

export const compareKernels = request(
  COMPARE_REQUEST, record({ launch: launchArguments, kernels: list(kernel) }, { policies: list(oneOf(...POLICIES)), maxCycles: whole(1), columns: whole(40, 1000) }),
  async (session, { launch, kernels, policies = [], maxCycles = Infinity, columns = COLUMNS }): Promise<CompareResponse> => {
    if (session.execution.debuggee) throw errors.launchedAlready();
    if (kernels.length === 0) throw errors.badArgument(COMPARE_REQUEST, 'kernels', 'a list of at least one kernel');
    const notices: string[] = [...launch.hints];
    try {
      // All of them first: what is wrong with the last is told before the first has run for long.
      const launches: PreparedLaunch[] = [];
      for (const chosen of kernelsUnder(kernels, policies)) launches.push(await prepare(session, { ...launch, kernel: chosen }));
      notices.push(...launches[0]?.warnings ?? []);
      const runs: RunFaults[] = [];
      for (const { settings } of launches) {
        session.outbound.event(COMPARING_EVENT, { kernel: settings.profile.name, number: runs.length + 1, of: launches.length });
        const machine = new Machine(settings, {
          output: () => undefined,
          notice: (sentence) => { notices.push(`${settings.profile.name}: ${sentence}`); },
        }, session.interpreters);
        // The machine's memory goes when its run is over.
        const { profile, end, faultCount, faults, placeOf } = await runProgram(machine, settings.program, maxCycles, outsideOf(session));
        runs.push({ profile, end, faultCount, faults, placeOf });
      }
      const comparison = compare(runs);
      return { lines: comparisonText(comparison, columns), places: placesOf(session, comparison), notices };
    } catch (error) {
      throw launchFailure(session, error);
    }
  },
);

function prepare({ host }: Session, launch: CheckedLaunch): Promise<PreparedLaunch> {
  return prepareLaunch(launch, hostSources(host));
}

/** Nobody types anything; messages get in between slices, and the end of the session with them. */
function outsideOf({ host, execution }: Session): Outside {
  return {
    readInput: () => Promise.resolve(new Uint8Array(0)),
    turn: async () => {
      await new Promise<void>((resolve) => { host.yieldSlice(resolve); });
      if (execution.phase === 'ended') throw errors.hasEnded(COMPARE_REQUEST);
    },
  };
}

function placesOf({ client }: Session, { differences, first }: Comparison): ComparedPlace[] {
  const places = new Map<string, ComparedPlace>();
  for (const { place, source } of first ? [...differences, first] : differences) {
    if (source) places.set(place, { text: place, source: fileSource(source.file), line: client.lineOut(source.line) });
  }
  return [...places.values()];
}
