import type { AdapterHost } from '../host.ts';
import { readHostFolder } from './hostFolder.ts';
import type { LaunchSources } from './prepare.ts';

/** What a launch reads, from where the session runs. */
export function hostSources(host: AdapterHost): LaunchSources {
  return {
    readFile: (path) => host.readFile(path),
    listFolder: async (path) => await host.listFolder?.(path) ?? Promise.reject(new Error('There are no folders here.')),
    hostFiles: (folder) => readHostFolder(host, folder),
  };
}
