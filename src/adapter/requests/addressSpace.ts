/** Requests of the address-space view (`protocol.ts`): mappings, their pages, and the translation of one address. */
import { pagesWithEntries } from '../../sim/kernel/mm/pages.ts';
import { TASK_SIZE } from '../../sim/kernel/mm/state.ts';
import { isAlive } from '../../sim/kernel/signal/send.ts';
import type { Machine } from '../../sim/machine.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { addressIn } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { asInteger } from '../evaluate/value.ts';
import { MAPPINGS_REQUEST, type MappingsResponse, PAGES_REQUEST, type PagesResponse, TRANSLATE_REQUEST, type TranslateResponse } from '../memoryProtocol.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, threadOf } from '../session/session.ts';
import { record, text, whole } from '../session/shape.ts';
import { type AddressSpace, mappingRow, pageRow, translationRow } from '../views/translation.ts';
import { scopeOf, subjectOf } from './subject.ts';

const MOST_PAGES = 1000;

export const translate = request(
  TRANSLATE_REQUEST, record({ ea: text }, { threadId: whole(), frameId: whole() }),
  (session, { ea, threadId, frameId }): TranslateResponse => {
    const found = subjectOf(session, TRANSLATE_REQUEST, { frameId, isLasting: true });
    const { machine } = found.debuggee;
    const thread = threadId === undefined ? found.thread : threadOf(found.debuggee, threadId);
    const space = thread && spaceOf(machine, thread);
    if (!space) throw errors.noAddressSpace();
    try {
      const address = asInteger(addressIn(parseExpression(ea), scopeOf(session, { ...found, thread })));
      if (address < 0n || address >= BigInt(TASK_SIZE)) throw new ExpressionError(`${ea} is no address of a program: those are below 0x${TASK_SIZE.toString(16)}.`);
      return translationRow(machine, space, Number(address));
    } catch (error) {
      throw error instanceof ExpressionError ? errors.expression(error.message) : error;
    }
  },
);

export const mappings = request(MAPPINGS_REQUEST, record({}, { threadId: whole() }), (session, { threadId }): MappingsResponse => {
  const { debuggee } = session.execution;
  const space = debuggee && chosen(debuggee.machine, threadId === undefined ? undefined : threadOf(debuggee, threadId));
  if (!space) return { pageBytes: 0, mappings: [] };
  return { task: space.tid, pageBytes: debuggee.machine.configuration.pageBytes, mappings: space.mm.vmas.map((vma) => mappingRow(debuggee.machine, space, vma)) };
});

export const pages = request(
  PAGES_REQUEST, record({ mapping: text, start: whole(0), count: whole(0) }, { threadId: whole() }),
  (session, { mapping, start, count, threadId }): PagesResponse => {
    const debuggee = debuggeeOf(session, PAGES_REQUEST);
    const { machine } = debuggee;
    const space = chosen(machine, threadId === undefined ? undefined : threadOf(debuggee, threadId));
    const vma = space?.mm.vmas.find((v) => v.start === Number(mapping));
    if (!space || !vma) throw errors.noMapping(mapping);
    const entries = pagesWithEntries(machine.kernel, space.mm, vma.start, vma.end);
    return { total: entries.length, pages: entries.slice(start, start + Math.min(count, MOST_PAGES)).map((page) => pageRow(machine, space, page)) };
  },
);

/** The thread's, else that of the first task that lives. */
function chosen(machine: Machine, thread: Runner | undefined): AddressSpace | undefined {
  if (thread) return spaceOf(machine, thread);
  const task = [...machine.state.tasks.values()].find(isAlive);
  return task && spaceOf(machine, { kind: 'task', task });
}

/** An SPE context works in its owner's address space, with the SLB of the SPE that it is on. */
function spaceOf(machine: Machine, thread: Runner): AddressSpace | undefined {
  if (thread.kind === 'task') {
    const { tid, mm, cpu } = thread.task;
    return { tid, mm, kind: 'ppe', unit: cpu === undefined ? undefined : { kind: 'ppe', cpu } };
  }
  const { owner, spe } = thread.context;
  const task = owner && machine.taskIn(owner.contextId);
  return task && { tid: task.tid, mm: owner, kind: 'mfc', unit: spe === undefined ? undefined : { kind: 'mfc', spe } };
}
