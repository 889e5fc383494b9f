import type { DebugProtocol } from '@vscode/debugprotocol';
import { CONSOLE_COMMANDS } from '../console/commands.ts';
import { FAULT_FIELDS } from '../evaluate/faultFields.ts';
import { PPE_REGISTER_GROUPS } from '../../sim/ppe/registerNames.ts';
import { SPU_REGISTER_GROUPS } from '../../sim/spe/registerNames.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { record, text, whole } from '../session/shape.ts';
import type { Frame } from '../stack/frame.ts';

type Item = DebugProtocol.CompletionItem;

const MOST_ITEMS = 200;

/** Commands at the beginning of the line; registers, symbols and fields of a fault everywhere. */
export const completions = request(
  'completions', record({ text, column: whole(0) }, { line: whole(0), frameId: whole() }),
  (session, { text: line, column, frameId }): DebugProtocol.CompletionsResponse['body'] => {
    const debuggee = debuggeeOf(session, 'completions');
    const before = line.slice(0, session.client.columnIn(column) - 1);
    const frame = frameId === undefined ? undefined : session.handles.frameOf(frameId);
    const word = /[$\w.]*$/.exec(before)?.[0] ?? '';
    const { client } = session;
    const start = client.columnOut(before.length - word.length + 1);
    const names = [...registerItems(frame), ...FAULT_FIELDS.map((name): Item => ({ label: `fault.${name}`, type: 'field' })), ...symbolItems(debuggee, frame)]
      .filter(({ label }) => word !== '' && label.toLowerCase().startsWith(word.toLowerCase()))
      .map((item): Item => ({ ...item, start, length: word.length }));
    return { targets: [...commandItems(before, client.columnOut(1)), ...names].slice(0, MOST_ITEMS) };
  },
);

function commandItems(before: string, start: number): Item[] {
  return CONSOLE_COMMANDS.filter(({ words }) => words.startsWith(before.trimStart())).map(({ words, about }): Item => ({
    label: words, detail: about, type: 'keyword', start, length: before.length,
  }));
}

function registerItems(frame: Frame | undefined): Item[] {
  const groups = frame?.kind === 'spu' ? SPU_REGISTER_GROUPS : PPE_REGISTER_GROUPS;
  return groups.flatMap(({ registers }) => registers.map(({ name }): Item => ({ label: `$${name}`, type: 'variable' })));
}

function symbolItems(debuggee: Debuggee, frame: Frame | undefined): Item[] {
  const { program } = debuggee.settings;
  const image = frame?.kind === 'spu' ? debuggee.images.imageOf(frame.context)?.image : undefined;
  return (image?.symbols ?? program.symbols).map(({ name, kind }): Item => ({ label: name, type: kind === 'function' ? 'function' : 'reference' }));
}
