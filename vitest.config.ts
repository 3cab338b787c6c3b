import { defineConfig } from 'vitest/config';

/** Tests in which a board, real or emulated, keeps time with its computer: what else runs takes that from them. */
const BOARDS = [
  'test/firmware/**/*.test.ts',
  'test/integration/{conform,emulator,flash,johnny-five,microbit,micropython,serial}/**/*.test.ts',
  'test/integration/{cli/demo,journal/demo-recovery,maker}.test.ts',
  'test/unit/flash/**/*.test.ts',
  'test/browser/{devices,whole-path}.test.ts',
];

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
        // Most of these wait for something most of the time.
        test: {
          name: 'all else',
          include: ['test/**/*.test.ts'],
          exclude: BOARDS,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
