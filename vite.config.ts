/** Builds the dashboard into plain files that the hub serves itself: no other host, no eval, no inline script. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'hub/dashboard',
  base: '/',
  build: {
    outDir: '../../dist/hub/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // A data: address would need an exception from the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The usual build tries eval once; a strict policy refuses it, which a browser reports as an error each time.
  resolve: { alias: [{ find: /^cbor-x$/, replacement: 'cbor-x/index-no-eval' }] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
