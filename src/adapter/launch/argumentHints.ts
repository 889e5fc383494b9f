/**
 * Launch arguments that are none. Editors put settings of their own beside ours, so most strangers mean nothing; those that look
 * like one of ours are mistakes.
 */
import { nearest } from '../../sim/program/asm/suggestion.ts';

/** Settings of editors: those of VS Code's launch.json, of nvim-dap and dape, and what other debuggers have that is near to ours. */
const EDITORS_OWN: ReadonlySet<string> = new Set([
  'type', 'request', 'name', 'id', 'preLaunchTask', 'postDebugTask', 'presentation', 'internalConsoleOptions', 'serverReadyAction', 'debugServer', 'order',
  'windows', 'linux', 'osx', 'console', 'cwd', 'restart', 'autoAttachChildProcesses', 'checkForUpdates', 'host', 'port', 'command', 'modes', 'ensure', 'fn', 'compile', 'defer-launch-attach',
]);

/** A sentence for each name that is near to an argument, or belongs to the machine. */
export function argumentHints(given: readonly string[], own: readonly string[], ofMachine: readonly string[]): readonly string[] {
  return given.flatMap((name) => {
    if (own.includes(name) || EDITORS_OWN.has(name) || /^(?:__|suppress|command-|prefix-|:)/.test(name)) return [];
    if (ofMachine.includes(name)) return [`The launch argument "${name}" does nothing here: it belongs to the machine, as "machine": { "${name}": ... }.`];
    const meant = nearest(name, own);
    if (meant !== undefined) return [`There is no launch argument "${name}"; "${meant}" was probably meant.`];
    const part = nearest(name, ofMachine);
    return part === undefined ? [] : [`There is no launch argument "${name}"; "machine": { "${part}": ... } was probably meant.`];
  });
}
