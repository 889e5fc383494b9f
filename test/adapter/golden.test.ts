/** The rules that other adapters' bugs taught, one conversation each (test/golden). */
import { describe, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { expectGolden } from '../support/golden.ts';
import { cPrograms } from './conversations/cPrograms.ts';
import { CONVERSATIONS } from './conversations/index.ts';

describe('conversations', () => {
  for (const [name, talk] of Object.entries(CONVERSATIONS)) {
    it(name, async () => {
      const client = new DapClient({ files: cPrograms() });
      try {
        await talk(client);
      } finally {
        client.dispose();
      }
      expectGolden(name, client);
    });
  }
});
