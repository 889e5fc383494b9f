import { lineCoverage } from '../coverage/lineCoverage.ts';
import { COVERAGE_REQUEST, type CoverageResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import { nothing } from '../session/shape.ts';
import { fileSource } from '../sources/fileSource.ts';

/** Answers in every state of the session; of a program that was restarted, since its latest start. */
export const coverage = request(COVERAGE_REQUEST, nothing, ({ execution: { debuggee } }): CoverageResponse => ({
  files: debuggee ? lineCoverage(debuggee.settings.program, debuggee.code, debuggee.executed).map(({ file, lines }) => ({ source: fileSource(file), lines })) : [],
}));
