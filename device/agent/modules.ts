/**
 * Links the ES modules of an agent, JavaScript and TypeScript, without a build and without a package.json. Node's own
 * hooks for that need a thread, which an agent is not allowed (decision 25). Needs Node's --experimental-vm-modules.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SourceTextModule, SyntheticModule, type Module, type SourceTextModuleOptions } from 'node:vm';
import { PaddlewireError } from '../../shared/errors.ts';
import { withoutTypes } from './type-script.ts';

export type Exports = Readonly<Record<string, unknown>>;

/** Where types are imported from, if the package is not installed beside the agent: at run time there is nothing in it. */
const OWN_PACKAGE = /^paddlewire\//;

/** @throws PaddlewireError agent-missing, agent-syntax; and whatever the module throws */
export async function importModule(url: URL): Promise<Exports> {
  if (!isEcma(url)) return (await import(url.href)) as Exports;
  return (await new Linker().run(url)).namespace as Exports;
}

class Linker {
  readonly #modules = new Map<string, Module>();

  async run(url: URL): Promise<Module> {
    const module = this.#moduleOf(url);
    if (module.status === 'unlinked') await module.link((next, parent) => this.#resolve(next, parent.identifier));
    await module.evaluate();
    return module;
  }

  #moduleOf(url: URL): Module {
    const known = this.#modules.get(url.href);
    if (known !== undefined) return known;
    const module = parsed(javaScript(url), url, {
      initializeImportMeta: (meta) => void (meta.url = url.href),
      importModuleDynamically: async (specifier) => {
        const found = locate(specifier, url.href);
        return found !== null && isEcma(found) ? this.run(found) : this.#foreign(specifier, found);
      },
    });
    this.#modules.set(url.href, module);
    return module;
  }

  async #resolve(specifier: string, parent: string): Promise<Module> {
    const url = locate(specifier, parent);
    return url !== null && isEcma(url) ? this.#moduleOf(url) : this.#foreign(specifier, url);
  }

  /** A module that Node itself loads. */
  async #foreign(specifier: string, url: URL | null): Promise<Module> {
    const key = url?.href ?? specifier;
    const known = this.#modules.get(key);
    if (known !== undefined) return known;
    const exports = url === null && !isBuiltin(specifier) ? {} : ((await import(key)) as Exports);
    const names = Object.keys(exports);
    const module = new SyntheticModule(names, () => {
      for (const name of names) module.setExport(name, exports[name]);
    });
    this.#modules.set(key, module);
    await module.link(() => module);
    await module.evaluate();
    return module;
  }
}

/** @throws PaddlewireError agent-syntax */
function parsed(text: string, url: URL, options: SourceTextModuleOptions): Module {
  try {
    return new SourceTextModule(text, { ...options, identifier: url.href });
  } catch (error) {
    // V8 does not say where: the transform's own parser does.
    withoutTypes(text, fileURLToPath(url));
    throw error;
  }
}

/** Where an import is; null: nothing that has a file. */
function locate(specifier: string, parent: string): URL | null {
  if (isBuiltin(specifier) || OWN_PACKAGE.test(specifier)) return null;
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return pathToFileURL(createRequire(parent).resolve(specifier));
  const url = new URL(specifier, parent);
  // As the compiler wants it, a TypeScript file may be imported by the name of what it will be.
  const source = new URL(url.href.replace(/\.(m?)js$/, '.$1ts'));
  return !existsSync(url) && existsSync(source) ? source : url;
}

/** An ES module of the agent's own. A .js in a folder without package.json says by its text which kind it is. */
function isEcma(url: URL): boolean {
  if (url.pathname.includes('/node_modules/')) return false;
  return (
    /\.(m?ts|mjs)$/.test(url.pathname) || (url.pathname.endsWith('.js') && /^\s*(import|export)\b/m.test(read(url)))
  );
}

const javaScript = (url: URL): string =>
  url.pathname.endsWith('ts') ? withoutTypes(read(url), fileURLToPath(url)) : read(url);

/** @throws PaddlewireError agent-missing */
function read(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    throw new PaddlewireError('agent-missing', `There is no file ${fileURLToPath(url)} that the agent may read.`);
  }
}
