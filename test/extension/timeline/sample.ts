/** A program with two SPEs by hand: one fault that waits and is answered with RETRY, a signal, two commands of the MFC. */
import type { TimelineResponse } from '../../../src/adapter/timelineProtocol.ts';

export const sample: TimelineResponse = {
  begin: 0,
  end: 1000,
  cyclesPerSecond: 1e9,
  lanes: [
    { id: 'cpu0', kind: 'cpu', name: 'CPU 0', spans: [{ from: 0, to: 1000, doing: 'running', what: '1000 main' }], marks: [] },
    { id: 'spe0', kind: 'spe', name: 'SPE 0', spans: [{ from: 100, to: 400, doing: 'running', what: 'worker' }, { from: 500, to: 600, doing: 'many', count: 7 }], marks: [] },
    { id: 'spe1', kind: 'spe', name: 'SPE 1', spans: [], marks: [] },
    {
      id: 'task1000', kind: 'task', name: '1000 main', threadId: 1,
      spans: [{ from: 0, to: 200, doing: 'running' }, { from: 200, to: 600, doing: 'waiting', what: 'for an SPE', fault: 3 }, { from: 600, to: 1000, doing: 'running' }],
      marks: [
        { kind: 'fault', at: 100, to: 110, fault: 2, outcome: 'MINOR', what: 'MINOR 0x10000 execute', count: 1 },
        { kind: 'fault', at: 200, to: 600, fault: 3, outcome: 'RETRY', what: 'RETRY 0x30000010 store', count: 2 },
        { kind: 'signal', at: 600, what: 'SIGALRM <14>', count: 1 },
      ],
    },
    {
      id: 'contextworker', kind: 'context', name: 'worker & "co"', threadId: 2, spans: [{ from: 100, to: 400, doing: 'running', what: 'on SPE 0' }, { from: 400, to: 1000, doing: 'stopped' }],
      marks: [{ kind: 'dma', at: 150, to: 250, what: 'get 0x4000 tag 3', count: 1 }, { kind: 'dma', at: 300, what: 'put 0x4000 tag 3', count: 1 }],
    },
  ],
};

export function laneOf(id: string): TimelineResponse['lanes'][number] {
  const lane = sample.lanes.find((candidate) => candidate.id === id);
  if (!lane) throw new Error(`The sample has no lane ${id}.`);
  return lane;
}
