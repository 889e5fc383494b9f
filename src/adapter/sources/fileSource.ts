/** Source files as the protocol names them. */
import type { DebugProtocol } from '@vscode/debugprotocol';

export function fileSource(file: string): DebugProtocol.Source {
  return { name: file.split(/[\\/]/).at(-1) ?? file, path: file };
}
