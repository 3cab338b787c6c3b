/**
 * Where this package's files are, whether the code runs compiled from dist/ or from its TypeScript source.
 * Pure: it only computes URLs. Workers need it, because Node 20 cannot load a worker from TypeScript.
 */
const runsFromSource = import.meta.url.endsWith('.ts');
const packageRoot = new URL(runsFromSource ? '../' : '../../', import.meta.url);

/** URL of a file of the package, e.g. `packageUrl('hub/store/migrations/')`. */
export function packageUrl(path: string): URL {
  return new URL(path, packageRoot);
}

/** URL of a compiled module, e.g. `compiledUrl('hub/store/store-worker.js')`. Needs `npm run build:node` first. */
export function compiledUrl(path: string): URL {
  return new URL(`dist/${path}`, packageRoot);
}
