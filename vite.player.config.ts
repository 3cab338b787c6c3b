/** Builds the page of a journal into one script and one style sheet; `paddlewire journal export --html` puts them into a file. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'hub/dashboard/player',
  build: {
    outDir: '../../../dist/hub/journal-player',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: 'main.ts',
      formats: ['iife'],
      name: 'paddlewire',
      fileName: () => 'player.js',
      cssFileName: 'player',
    },
  },
});
