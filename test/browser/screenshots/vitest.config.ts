/** `npm run screenshots`: pictures of every page, to be looked at. No test. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/screenshots/*.shots.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    reporters: ['dot'],
  },
});
