import { request } from '../session/request.ts';
import { nothing } from '../session/shape.ts';

/** The program begins here, and not before. Where a launch has failed there is nothing to begin. */
export const configurationDone = request('configurationDone', nothing, ({ execution, launch }): void => {
  execution.begin(launch?.stopOnEntry === true);
});
