/** Parameters in the names of frames, as the client's `StackFrameFormat` asks for them. */
import { expect, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { cPrograms } from './conversations/cPrograms.ts';

/** Names of the frames at the first stop in the inlined function `area`, innermost first. */
async function names(format: Readonly<Record<string, boolean>>): Promise<string[]> {
  const client = new DapClient({ files: cPrograms() });
  try {
    await client.launch({ program: '/build/records/records' }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'area' }] }));
    const { threadId } = await client.event<{ threadId: number }>('stopped');
    const { stackFrames } = await client.ask<{ stackFrames: { name: string }[] }>('stackTrace', { threadId, format });
    return stackFrames.map(({ name }) => name);
  } finally {
    client.dispose();
  }
}

it.each([
  [{}, /^visit$/],
  [{ parameters: true }, /^visit\(record, scale\)$/],
  [{ parameterTypes: true }, /^visit\(struct record \*, double\)$/],
  [{ parameters: true, parameterTypes: true, parameterNames: true }, /^visit\(struct record \*record, double scale\)$/],
  [{ parameterNames: true, parameterValues: true }, /^visit\(record = 0x[\da-f]+\b.*, scale = .+\)$/],
  [{ includeAll: true }, /!visit\(struct record \*record = 0x[\da-f]+\b.*, double scale = .+\) Line 25$/],
])('%j', async (format, visit) => {
  const [, shown] = await names(format);
  expect(shown).toMatch(visit);
});

it('has empty brackets for a function without parameters', async () => {
  expect((await names({ parameters: true })).at(-1)).toBe('_start()');
});
