/** Reads launch arguments as they come from a client, and devices from their file. */
import { MOST_UID } from '../../sim/program/settings.ts';
import type { ProfileChoice } from '../../sim/kernel/profile/lookup.ts';
import type { LaunchArguments } from '../launchArguments.ts';
import { argumentHints } from './argumentHints.ts';
import { either, exactRecord, flag, list, oneOf, type Read, type Reader, record, ShapeError, table, text, whole } from '../session/shape.ts';

const deviceAnswer = exactRecord(
  { answer: oneOf('page', 'sigbus', 'oom', 'retry', 'install', 'wait') },
  { count: whole(1), cycles: whole(1), interruptible: flag },
);

const device = exactRecord({ name: text, nopage: list(deviceAnswer) }, { size: whole(1) });

export const devices = list(device);

/** Names as `info mappings` shows them. */
const mappingLimits: Reader<Readonly<Record<string, string>>> = (value, name) => {
  const limits = table(text)(value, name);
  const stranger = Object.keys(limits).find((mapping) => !/^(?:\[.+\]$|\/.)/.test(mapping));
  if (stranger === undefined) return limits;
  throw new ShapeError(`${name}["${stranger}"]`, 'left out: mappings have names like "[heap]", "[anon]" and "/tmp/data"');
};

/** Bytes, or a text with K, M or G. */
const size = (least: number): Reader<string | number> => either(whole(least), text, (value) => typeof value === 'number');

const machineArguments = {
  spes: whole(0, 16),
  memory: size(1),
  pageSize: oneOf('4K', '64K'),
  ppeThreads: whole(1, 2),
  cyclesPerSecond: whole(1),
  uid: whole(0, MOST_UID),
  mappingLimits,
  swap: size(0),
  disk: size(0),
  init: flag,
  failures: list(exactRecord({ path: text, operation: oneOf('read', 'write', 'mkwrite', 'hpte'), pages: text }, {})),
};

const machine = exactRecord({}, machineArguments);

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

/** The kernel ends each with a NUL. */
const argument: Reader<string> = (value, name) => {
  const given = text(value, name);
  if (given.includes('\0')) throw new ShapeError(name, 'a string without NUL characters, which end an argument');
  return given;
};

const environment: Reader<Readonly<Record<string, string>>> = (value, name) => {
  const variables = table(argument)(value, name);
  const wrong = Object.keys(variables).find((variable) => variable === '' || /[=\0]/.test(variable));
  if (wrong === undefined) return variables;
  throw new ShapeError(`${name}[${JSON.stringify(wrong)}]`, 'left out: the name of a variable is not empty and has no "=" and no NUL');
};

const optional = {
  args: list(argument), env: environment, kernel, machine,
  devices: either(text, devices, (value) => typeof value === 'string'),
  stopOnEntry: flag, stepInto: oneOf('user', 'kernel'), hostFolder: text, history: whole(0, 4096), noDebug: flag,
};

const known = record({ program }, optional);

/** With a sentence for each argument that is none and was probably meant to be one. */
export const launchArguments: Reader<Read<typeof known> & { readonly hints: readonly string[] }> = (value, name) => {
  const read = known(value, name);
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return { ...read, hints: argumentHints(names, ['program', ...Object.keys(optional)], Object.keys(machineArguments)) };
};

/** As validated: the name of the kernel is still to be looked up. */
export type CheckedLaunch = Omit<LaunchArguments, 'kernel'> & { readonly kernel?: ProfileChoice; readonly noDebug?: boolean; readonly hints?: readonly string[] };
