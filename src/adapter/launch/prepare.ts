/** From launch arguments to the settings of a machine: files are read, everything is checked. */
import type { HostFiles } from '../../sim/kernel/files/state.ts';
import { type ProfileChoice, ProfileError, profileOf } from '../../sim/kernel/profile/lookup.ts';
import type { MachineSettings } from '../../sim/machine.ts';
import { isElf } from '../../sim/program/elf/identify.ts';
import type { LoadedProgram } from '../../sim/program/elf/readElf.ts';
import { loadProgramFiles } from '../../sim/program/load.ts';
import { type ProgramSettings, readSettings } from '../../sim/program/settings.ts';
import { decodeSource } from '../../sim/program/sourceText.ts';
import type { DeviceArguments } from '../launchArguments.ts';
import { ShapeError } from '../session/shape.ts';
import { machineConfiguration } from './machineConfiguration.ts';
import { type CheckedLaunch, devices as readDevices } from './arguments.ts';
import { LaunchError } from './launchError.ts';
import { programFiles, type ProgramSources } from './programFiles.ts';

export interface LaunchSources extends ProgramSources {
  /** Everything in a folder. Rejects with a sentence. */
  hostFiles(folder: string): Promise<HostFiles>;
}

export interface PreparedLaunch {
  readonly settings: MachineSettings;
  /** What is strange about the program and does not keep it from running. */
  readonly warnings: readonly string[];
}

/** @throws LaunchError, ProgramErrors (all mistakes of the program file), ShapeError, or what reading a file rejects with. */
export async function prepareLaunch(launch: CheckedLaunch, sources: LaunchSources): Promise<PreparedLaunch> {
  const profile = profileFor(launch.kernel);
  const { program, warnings, own } = await loadWithSettings(await programFiles(launch.program, sources), sources);
  const devices = typeof launch.devices === 'string' ? await devicesOf(launch.devices, sources) : launch.devices ?? [];
  const configuration = machineConfiguration(own, launch.machine ?? {}, devices);
  const hostFiles = launch.hostFolder === undefined || launch.hostFolder === '' ? undefined : await sources.hostFiles(launch.hostFolder);
  return {
    settings: { program, args: launch.args ?? [], env: launch.env ?? {}, profile, configuration, hostFiles },
    warnings: warnings.map(String),
  };
}

/** The program, and what its sources say about the machine. */
async function loadWithSettings(names: readonly string[], sources: LaunchSources): Promise<LoadedProgram & { readonly own: ProgramSettings }> {
  const texts = new Map<string, string>();
  const { program, warnings } = await loadProgramFiles(names, async (path) => {
    const bytes = await sources.readFile(path);
    if (names.includes(path) && !isElf(bytes)) texts.set(path, decodeSource(path, bytes));
    return bytes;
  });
  return { program, warnings, own: readSettings([...texts].map(([path, text]) => ({ path, text }))) };
}

function profileFor(kernel: ProfileChoice | undefined): MachineSettings['profile'] {
  try {
    return profileOf(kernel);
  } catch (error) {
    throw error instanceof ProfileError ? new LaunchError(error.message) : error;
  }
}

async function devicesOf(path: string, sources: LaunchSources): Promise<readonly DeviceArguments[]> {
  const text = new TextDecoder().decode(await sources.readFile(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LaunchError(`The devices file "${path}" is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  try {
    return readDevices(value, 'devices');
  } catch (error) {
    throw error instanceof ShapeError ? new LaunchError(`In the devices file "${path}", ${error.message}.`) : error;
  }
}
