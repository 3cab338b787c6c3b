import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real brokers, ports and boards: enough time for a slow machine, never a measure of speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 3,
    maxConcurrency: 3,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
