/**
 * The catalogue of errors: a number that stays, a sentence that says what to do, and whether
 * the user sees it or only the client's log. Numbers are never given twice; docs/adapter.md lists them.
 */

export class RequestError extends Error {
  constructor(readonly id: number, message: string, readonly showUser: boolean) {
    super(message);
    this.name = 'RequestError';
  }
}

type Kind = 'user' | 'silent';

function error<A extends readonly unknown[]>(id: number, kind: Kind, sentence: (...details: A) => string) {
  return (...details: A): RequestError => new RequestError(id, sentence(...details), kind === 'user');
}

export const errors = {
  unknownRequest: error(1000, 'silent', (command: string) => `This debugger has no request "${command}".`),
  badArgument: error(1001, 'user', (command: string, name: string, expected: string) => `The argument ${name} of ${command} has to be ${expected}.`),
  internal: error(1002, 'user', (command: string, what: string) => `This is a mistake in Refault itself: ${command} failed (${what}). Please report it.`),
  alreadyInitialized: error(1003, 'silent', () => 'The session is initialized already; start another session.'),
  notInitialized: error(1004, 'silent', (command: string) => `${command} came before initialize, which has to be the first request.`),
  noMessage: error(1005, 'silent', () => 'This is no message of the protocol: it needs a type, a seq that is a whole number, and a command.'),
  // The protocol says this word for word.
  cancelled: error(1006, 'silent', () => 'cancelled'),

  notLaunched: error(2000, 'silent', (command: string) => `${command} needs a program; launch one first.`),
  launchedAlready: error(2001, 'user', () => 'This session has a program already; use restart, or start another session.'),
  launchFailed: error(2002, 'user', (sentence: string) => sentence),
  hasEnded: error(2003, 'silent', (command: string) => `${command} cannot be done: the program has ended.`),
  notStopped: error(2004, 'silent', (command: string) => `${command} needs a program that is stopped; pause it first.`),
  attachUnsupported: error(2005, 'user', () => 'Refault cannot attach to a program, since each session has a machine of its own; use a launch configuration.'),

  noSuchThread: error(3000, 'silent', (id: number) => `There is no thread ${String(id)}; it may have ended.`),
  outermostFrame: error(3001, 'user', () => 'This is the outermost frame, there is nothing to step out to; use continue.'),
  noException: error(3002, 'silent', () => 'The thread did not stop on a fault.'),
  noSuchContext: error(3007, 'silent', (name: string) => `There is no SPE context "${name}"; it may have been destroyed.`),
  noStepInTarget: error(3004, 'silent', () => 'The thread has no such target to step into here; ask for stepInTargets again.'),
  cannotRestart: error(3005, 'user', (why: string) => `The frame cannot be restarted: ${why}`),
  cannotEnd: error(3006, 'user', (name: string, why: string) => `${name} cannot be ended: ${why}`),
  noHistory: error(3100, 'user', () => 'No history is kept, so that the program cannot go back; leave out "history": 0 in the launch configuration.'),
  noSuchFault: error(3101, 'user', (id: number) => `There is no fault ${String(id)} in this future; see the view Page Faults for those that there are.`),
  notYet: error(3102, 'user', (cycle: number) => `Cycle ${String(cycle)} has not been yet; continue to go there.`),
  cannotJump: error(3003, 'user', (why: string) => `The thread cannot go on there: ${why}`),

  expression: error(4000, 'silent', (sentence: string) => sentence),
  cannotSet: error(4001, 'user', (name: string, why: string) => `${name} cannot be set: ${why}`),
  staleFrame: error(4002, 'silent', () => 'The frame belongs to an earlier stop; select a frame again.'),

  noSuchLocation: error(4003, 'silent', (reference: number) => `There is no location ${String(reference)}; it belongs to an earlier stop.`),

  badReference: error(5000, 'user', (reference: string) => `"${reference}" is no memory reference; write ea:TASK:0x..., ls:CONTEXT:0x..., pa:0x... or an address.`),
  noSuchSpace: error(5001, 'silent', (reference: string) => `The memory that "${reference}" names is gone: its task or SPE context has ended.`),
  notWritten: error(5002, 'user', (reference: string) => `No memory can be written at ${reference}.`),
  badBase64: error(5003, 'user', () => 'The argument data of writeMemory has to be base64.'),
  noAddressSpace: error(5005, 'silent', () => 'There is no address space to look at: select a thread that lives, or an SPE context whose owner does.'),
  noMapping: error(5006, 'silent', (start: string) => `No mapping begins at ${start}: refault/mappings says which there are.`),
  badPattern: error(5004, 'silent', (sentence: string) => sentence),

  noSuchSource: error(6000, 'user', (reference: number) => `There is no source ${String(reference)} in this session; kernel listings come from stack frames and loadedSources.`),
} as const;
