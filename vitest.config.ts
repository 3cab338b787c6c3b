import { defineConfig } from 'vitest/config';

/** Tests in which a board keeps time with its computer by the millisecond: what else runs takes that from them. */
const BOARDS = [
  'test/firmware/board*.test.ts',
  'test/integration/{emulator,flash,johnny-five,serial}/**/*.test.ts',
  'test/integration/{maker,cli/demo,conform/device,journal/demo-recovery,microbit/*}.test.ts',
  'test/browser/{devices,whole-path}.test.ts',
];

/** Tests that put something else in the place of a module. */
const MOCKING = ['test/unit/client/record-store.test.ts'];

export default defineConfig({
  test: {
    // Real brokers, ports and boards: enough time for a slow machine, never a measure of speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxConcurrency: 3,
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'boards', include: BOARDS, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        // Most of these wait for something most of the time. What they import is loaded once in each worker: no file
        // leaves anything behind, and loading the hub for each of them cost a tenth of the whole run.
        test: {
          name: 'all else',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...BOARDS, ...MOCKING],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'mocking', include: MOCKING, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
