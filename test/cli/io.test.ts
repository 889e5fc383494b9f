import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../../src/cli/io.ts';
import { processIo } from '../../src/cli/processIo.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

describe('files', () => {
  it('are read as they are', async () => {
    const bytes = await processIo().readFile(`${here}io.test.ts`);
    expect(new TextDecoder().decode(bytes)).toContain('are read as they are');
  });

  it.each([
    ['missing.s', 'does not exist; check its path.'],
    ['', 'is a folder; name a file in it.'],
    ['io.test.ts/inside', 'does not exist, because a part of its path is not a folder; check its path.'],
  ])('that cannot be read have a reason: "%s"', async (name, reason) => {
    await expect(processIo().readFile(here + name)).rejects.toThrow(new CommandError(`"${here}${name}" ${reason}`));
  });
});
