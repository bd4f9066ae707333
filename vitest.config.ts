import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'shared/**/*.test.ts',
      'main/**/*.test.ts',
      'renderer/**/*.test.ts',
      'test/{architecture,conformance,hosts,journeys,golden}/**/*.test.ts',
    ],
    pool: 'forks',
    // Journeys wait more than they work: vitest's own choice, one worker less than cores, leaves a small machine idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a loaded machine; the usual second is not enough.
    expect: { poll: { timeout: 20_000 } },
  },
});
