/** `npm run bench`: measurements, not tests. What is compared is measured side by side in one run. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/bench/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // One at a time: two measurements on two cores would measure each other.
    fileParallelism: false,
    reporters: ['dot'],
  },
});
