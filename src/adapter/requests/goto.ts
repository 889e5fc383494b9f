/** Jumps: a thread goes on somewhere else, with nothing executed in between. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type CodeUnit, codeOfLine, symbolAt, unitsOf } from '../code/codeUnit.ts';
import { notCodeAddress } from '../code/codeAddress.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { stoppedDebuggee, threadOf } from '../session/session.ts';
import { record, whole } from '../session/shape.ts';
import { setSpuPc } from '../stack/jump.ts';
import { threadName } from '../threads/threads.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { hex } from '../variables/format.ts';
import { source } from './breakpoints.ts';

/** User addresses are below 2^44 (facts 6.4): above them a target's number says which code it is in. */
const UNIT = 2 ** 46;

/** The same place is the same target at every stop. */
export const gotoTargets = request(
  'gotoTargets', record({ source, line: whole(0) }, { column: whole(0) }),
  (session, { source: of, line }): DebugProtocol.GotoTargetsResponse['body'] => {
    const { debuggee } = stoppedDebuggee(session, 'gotoTargets');
    const { path, name = '' } = session.client.sourceIn(of);
    const { line: first = 0, code } = codeOfLine(debuggee.code, path ?? name, session.client.lineIn(line));
    const units = unitsOf(debuggee.code);
    const targets = code.flatMap(({ unit, addresses }) => addresses.map((address) => ({
      id: units.indexOf(unit) * UNIT + address, line: session.client.lineOut(first), label: labelOf(unit, address),
    })));
    return { targets };
  },
);

/** `goto`; a word of the language cannot be a name. */
export const goTo = request('goto', record({ threadId: whole(), targetId: whole(0) }, {}), (session, { threadId, targetId }): void => {
  const { debuggee } = stoppedDebuggee(session, 'goto');
  const thread = threadOf(debuggee, threadId);
  const unit = unitsOf(debuggee.code)[Math.floor(targetId / UNIT)];
  if (!unit || debuggee.unitOf(thread) !== unit) throw errors.cannotJump(`the line is no code of what ${threadName(thread)} runs.`);
  const wrong = notCodeAddress(thread.kind === 'context' ? 'spu' : 'ppc', BigInt(targetId % UNIT));
  if (wrong !== undefined) throw errors.cannotJump(wrong);
  jump(debuggee, thread, targetId % UNIT);
  session.execution.moved(thread, 'goto');
});

function jump({ machine }: Debuggee, thread: Runner, address: number): void {
  if (thread.kind === 'context') {
    setSpuPc(machine, thread.context, address);
    return;
  }
  if (thread.task.kernelStack.length > 0) throw errors.cannotJump(`${threadName(thread)} is in the kernel; step out of it first.`);
  machine.registers(thread.task).pc = BigInt(address);
}

function labelOf(unit: CodeUnit, address: number): string {
  const place = symbolAt(unit, address) ?? hex(address);
  return unit.image ? `${unit.name}: ${place}` : place;
}
