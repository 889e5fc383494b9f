import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A failure on another machine has to say what differed.
    chaiConfig: { truncateThreshold: 4000 },
    include: ['test/**/*.test.ts'],
    // These run inside VS Code (scripts/workbench.ts).
    exclude: ['test/workbench/**'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
