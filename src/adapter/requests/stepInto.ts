/** What Step Into enters, for a client that has a button for it. */
import { STEP_INTO_REQUEST, type StepIntoBody } from '../protocol.ts';
import { request } from '../session/request.ts';
import { oneOf, record } from '../session/shape.ts';

export const stepInto = request(STEP_INTO_REQUEST, record({}, { into: oneOf('user', 'kernel') }), ({ stepping }, { into }): StepIntoBody => {
  stepping.into = into ?? stepping.into;
  return { into: stepping.into };
});
