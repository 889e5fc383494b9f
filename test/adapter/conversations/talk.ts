/** What conversations have in common. */
import { fileURLToPath } from 'node:url';
import type { DapClient } from '../../support/dapClient.ts';

export interface Stopped {
  readonly reason: string;
  readonly threadId: number;
}

interface Frame {
  readonly id: number;
  readonly line: number;
  readonly instructionPointerReference: string;
}

/** Path of a program of the tests, or of an example. */
export function program(name: string): string {
  return fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
}

export function example(name: string): string {
  return fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
}

export async function stopped(client: DapClient): Promise<Stopped> {
  return await client.event<Stopped>('stopped');
}

/** The innermost frame of user code: kernel frames have no address. */
export async function topFrame(client: DapClient, threadId: number): Promise<Frame> {
  const { stackFrames } = await client.ask<{ stackFrames: Frame[] }>('stackTrace', { threadId });
  const frame = stackFrames.find((f) => (f.instructionPointerReference as string | undefined) !== undefined);
  if (!frame) throw new Error('The thread has no frame of user code.');
  return frame;
}

/** The variables of a scope by its name. */
export async function scope(client: DapClient, frameId: number, name: string): Promise<number> {
  const { scopes } = await client.ask<{ scopes: { name: string; variablesReference: number }[] }>('scopes', { frameId });
  const found = scopes.find((s) => s.name === name);
  if (!found) throw new Error(`The frame has no scope ${name}.`);
  return found.variablesReference;
}
