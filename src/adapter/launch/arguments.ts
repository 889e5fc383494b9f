/** Reads launch arguments as they come from a client, and devices from their file. */
import { MOST_UID } from '../../sim/program/settings.ts';
import type { ProfileChoice } from '../../sim/kernel/profile/lookup.ts';
import type { LaunchArguments } from '../launchArguments.ts';
import { either, exactRecord, flag, list, oneOf, type Reader, record, ShapeError, table, text, whole } from '../session/shape.ts';

const deviceAnswer = exactRecord(
  { answer: oneOf('page', 'sigbus', 'oom', 'retry', 'install', 'wait') },
  { count: whole(1), cycles: whole(1), interruptible: flag },
);

const device = exactRecord({ name: text, nopage: list(deviceAnswer) }, { size: whole(1) });

export const devices = list(device);

const machine = exactRecord({}, {
  spes: whole(0, 16),
  memory: either(whole(1), text, (value) => typeof value === 'number'),
  pageSize: oneOf('4K', '64K'),
  ppeThreads: whole(1, 2),
  cyclesPerSecond: whole(1),
  uid: whole(0, MOST_UID),
  mappingLimits: table(text),
  swap: either(whole(0), text, (value) => typeof value === 'number'),
  init: flag,
  failures: list(exactRecord({ path: text, operation: oneOf('read', 'write', 'mkwrite', 'hpte'), pages: text }, {})),
});

const anything: Reader<unknown> = (value) => value;

/** Which choices there are and what they take is for the kernel model to say. */
const changedKernel: Reader<ProfileChoice> = (value, name) => {
  const { base, ...choices } = table(anything)(value, name);
  return base === undefined ? choices : { base: text(base, `${name}.base`), ...choices };
};

const filledText: Reader<string> = (value, name) => {
  const path = text(value, name);
  if (path === '') throw new ShapeError(name, 'the path of a program');
  return path;
};

const filledList: Reader<readonly string[]> = (value, name) => {
  const paths = list(filledText)(value, name);
  if (paths.length === 0) throw new ShapeError(name, 'the path of a program, or a list of assembly files');
  return paths;
};

const program = either(filledList, filledText, (value) => Array.isArray(value));

export const kernel = either(text, changedKernel, (value) => typeof value === 'string');

export const launchArguments = record({ program }, {
  args: list(text), env: table(text), kernel, machine,
  devices: either(text, devices, (value) => typeof value === 'string'),
  stopOnEntry: flag, stepInto: oneOf('user', 'kernel'), hostFolder: text, history: whole(0, 4096), noDebug: flag,
});

/** As validated: the name of the kernel is still to be looked up. */
export type CheckedLaunch = Omit<LaunchArguments, 'kernel'> & { readonly kernel?: ProfileChoice; readonly noDebug?: boolean };
