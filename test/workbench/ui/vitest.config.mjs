import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/workbench/ui/*.ui.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // What a click leads to comes when the workbench has time for it.
    expect: { poll: { timeout: 15_000 } },
    // A busy workbench now and then loses a click or a key: what fails twice is wrong.
    retry: 1,
  },
});
