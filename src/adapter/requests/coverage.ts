import { lineCoverage } from '../coverage/lineCoverage.ts';
import { COVERAGE_REQUEST, type CoverageResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import { nothing } from '../session/shape.ts';

/** Answers in every state of the session; of a program that was restarted, since its latest start. */
export const coverage = request(COVERAGE_REQUEST, nothing, ({ execution: { debuggee } }): CoverageResponse => (debuggee ? lineCoverage(debuggee) : { files: [] }));
