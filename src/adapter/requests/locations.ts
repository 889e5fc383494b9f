/** Where the code is that a value is the address of. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { record, whole } from '../session/shape.ts';
import { fileSource } from '../sources/fileSource.ts';

export const locations = request('locations', record({ locationReference: whole(1) }, {}), ({ handles, client }, { locationReference }): DebugProtocol.LocationsResponse['body'] => {
  const place = handles.locationOf(locationReference);
  if (!place) throw errors.noSuchLocation(locationReference);
  return { source: client.sourceOut(fileSource(place.file)), line: client.lineOut(place.line), column: client.columnOut(Math.max(place.column, 1)) };
});
