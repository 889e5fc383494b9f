/** Where breakpoints stay where they are put: lines with code, and steps of a kernel listing. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { unitsOf } from '../code/codeUnit.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { record, whole } from '../session/shape.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { listedPath } from '../sources/kernelListings.ts';
import { source } from './breakpoints.ts';

export const breakpointLocations = request(
  'breakpointLocations', record({ source, line: whole(0) }, { column: whole(0), endLine: whole(0), endColumn: whole(0) }),
  (session, { source: of, line, endLine }): DebugProtocol.BreakpointLocationsResponse['body'] => {
    const { client } = session;
    const debuggee = debuggeeOf(session, 'breakpointLocations');
    const [first, last] = [client.lineIn(line), client.lineIn(endLine ?? line)];
    const lines = linesOf(debuggee, client.sourceIn(of));
    return { breakpoints: lines.filter((at) => at >= first && at <= last).map((at) => ({ line: client.lineOut(at) })) };
  },
);

function linesOf({ code, listings }: Debuggee, of: DebugProtocol.Source): readonly number[] {
  const path = listedPath(of);
  if (path !== undefined) {
    const listing = listings.listing(path);
    return listing.lines.map((_, index) => index + 1).filter((line) => listing.stepOfLine(line) !== undefined);
  }
  const file = of.path ?? of.name ?? '';
  return [...new Set(unitsOf(code).flatMap(({ lines }) => lines.linesWithCode(file)))].sort((a, b) => a - b);
}
