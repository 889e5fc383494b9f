/** From what a source file and a launch configuration say to the machine that they want. */
import type { DeviceAnswer, ScriptedDevice } from '../../sim/kernel/files/state.ts';
import type { MachineConfiguration } from '../../sim/kernel/kernel.ts';
import type { ScriptedFailure } from '../../sim/kernel/mm/state.ts';
import { DISK_BYTES } from '../../sim/kernel/mm/blocks.ts';
import { DEFAULT_CONFIGURATION } from '../../sim/machine.ts';
import { MOST_DISK, MOST_SWAP, parseFailure, parseSize, type ProgramSettings } from '../../sim/program/settings.ts';
import type { DeviceAnswerArguments, DeviceArguments, FailureArguments, MachineArguments } from '../launchArguments.ts';
import { ShapeError } from '../session/shape.ts';

const DEFAULT_DEVICE_BYTES = 65536;
const LEAST_MEMORY = 2 ** 20;
const MOST_MEMORY = 2 ** 31;

/** The launch configuration goes before the source file's own settings; devices of both are there, one of a name. */
export function machineConfiguration(own: ProgramSettings, wanted: MachineArguments, devices: readonly DeviceArguments[]): MachineConfiguration {
  const named = new Set(devices.map(({ name }) => name));
  const allDevices = [...devices.map(scripted), ...own.devices.filter(({ name }) => !named.has(name))];
  checkNames(allDevices);
  return {
    ...DEFAULT_CONFIGURATION,
    // A user reads and types a line at a time: C libraries then print a line when it is whole, and not at their end.
    terminals: ['stdin', 'stdout', 'stderr'],
    ramBytes: bytesOf('memory', wanted.memory, LEAST_MEMORY, MOST_MEMORY, 'from 1M to 2G') ?? own.ramBytes ?? DEFAULT_CONFIGURATION.ramBytes,
    pageBytes: wanted.pageSize === undefined ? own.pageBytes ?? 4096 : wanted.pageSize === '64K' ? 65536 : 4096,
    spes: wanted.spes ?? own.spes ?? DEFAULT_CONFIGURATION.spes,
    ppeThreads: wanted.ppeThreads ?? own.ppeThreads ?? DEFAULT_CONFIGURATION.ppeThreads,
    cyclesPerSecond: wanted.cyclesPerSecond ?? own.cyclesPerSecond ?? DEFAULT_CONFIGURATION.cyclesPerSecond,
    uid: wanted.uid ?? own.uid ?? DEFAULT_CONFIGURATION.uid,
    mappingLimits: new Map([...own.mappingLimits, ...mappingLimits(wanted.mappingLimits ?? {})]),
    devices: allDevices,
    swapBytes: bytesOf('swap', wanted.swap, 0, MOST_SWAP, 'at most 2G') ?? own.swapBytes ?? 0,
    diskBytes: bytesOf('disk', wanted.disk, 0, MOST_DISK, 'at most 4G') ?? own.diskBytes ?? DISK_BYTES,
    init: wanted.init ?? own.init ?? false,
    failures: [...own.failures, ...(wanted.failures ?? []).map(scriptedFailure)],
  };
}

function mappingLimits(limits: Readonly<Record<string, string>>): [string, number][] {
  return Object.entries(limits).map(([mapping, limit]) => {
    const bytes = parseSize(limit);
    if (bytes === undefined) throw new ShapeError(`machine.mappingLimits["${mapping}"]`, 'a size: bytes, or a number with K, M or G');
    return [mapping, bytes];
  });
}

/** A size that the launch configuration gives, if it does. @throws ShapeError for one out of its range, which `range` says in words. */
function bytesOf(name: 'memory' | 'swap' | 'disk', size: string | number | undefined, least: number, most: number, range: string): number | undefined {
  if (size === undefined) return undefined;
  const bytes = typeof size === 'number' ? size : parseSize(size);
  if (bytes !== undefined && bytes >= least && bytes <= most) return bytes;
  throw new ShapeError(`machine.${name}`, `${range}: bytes, or a number with K, M or G`);
}

function scriptedFailure({ path, operation, pages }: FailureArguments): ScriptedFailure {
  const failure = parseFailure(operation, path, pages);
  if (failure) return failure;
  throw new ShapeError('machine.failures', `full paths of files, or "swap", with pages like "2", "2-5" or "2*1"; "${path}" with "${pages}" is not`);
}

/** What is under /dev without anybody's doing. */
const OWN_NAMES: readonly string[] = ['null', 'zero', 'urandom', 'stdin', 'stdout', 'stderr'];

function checkNames(devices: readonly ScriptedDevice[]): void {
  const seen = new Set(OWN_NAMES);
  for (const { name } of devices) {
    if (seen.has(name)) throw new ShapeError('devices', `of different names; /dev/${name} is there ${OWN_NAMES.includes(name) ? 'already' : 'twice'}`);
    seen.add(name);
  }
}

function scripted({ name, size, nopage }: DeviceArguments): ScriptedDevice {
  if (!/^[A-Za-z][\w.-]*$/.test(name)) throw new ShapeError('devices', `named with a letter and then letters, digits, ".", "-" and "_"; "${name}" is not`);
  if (nopage.length === 0) throw new ShapeError('devices', `given at least one answer in nopage; "${name}" has none`);
  return { name, size: size ?? DEFAULT_DEVICE_BYTES, answers: nopage.map((answer, index) => scriptedAnswer(name, answer, index === nopage.length - 1)) };
}

function scriptedAnswer(device: string, { answer, count, cycles, interruptible }: DeviceAnswerArguments, isLast: boolean): DeviceAnswer {
  if (answer === 'wait' && cycles === undefined) throw new ShapeError('devices', `given cycles in every answer "wait"; "${device}" has one without`);
  return {
    answer: answer === 'install' ? 'installAndRetry' : answer,
    count: count ?? (isLast && answer !== 'wait' ? Infinity : 1),
    cycles: cycles ?? 0,
    interruptible: interruptible ?? true,
  };
}
