import type { DebugProtocol } from '@vscode/debugprotocol';
import { unitsOf } from '../code/codeUnit.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { nothing, record, whole } from '../session/shape.ts';
import { fileSource } from '../sources/fileSource.ts';
import { listedPath, pathOfReference } from '../sources/kernelListings.ts';
import { source as sourceShape } from './breakpoints.ts';

/** The text of a kernel listing. Files are the client's own to read. */
export const source = request('source', record({ sourceReference: whole(0) }, { source: sourceShape }), (session, args): DebugProtocol.SourceResponse['body'] => {
  const { listings } = debuggeeOf(session, 'source');
  const path = pathOfReference(args.sourceReference) ?? (args.source && listedPath(session.client.sourceIn(args.source)));
  if (path === undefined) throw errors.noSuchSource(args.sourceReference);
  return { content: `${listings.listing(path).lines.join('\n')}\n`, mimeType: 'text/x-kernel-path' };
});

/** Files of the program and of its SPU programs, then the kernel's listings. */
export const loadedSources = request('loadedSources', nothing, (session): DebugProtocol.LoadedSourcesResponse['body'] => {
  const { code, listings } = debuggeeOf(session, 'loadedSources');
  const files = new Set(unitsOf(code).flatMap(({ lines }) => lines.table.files));
  return { sources: [...[...files].map((file) => session.client.sourceOut(fileSource(file))), ...listings.names.map((name) => listings.source(name))] };
});
