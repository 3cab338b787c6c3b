/** So much of the project in a temporary folder as a game needs: for tests that write games and try them there. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageUrl } from '../../shared/package-files.ts';
import { temporaryFolder } from './hubs.ts';

const COPIED = ['shared', 'tsconfig.json', 'tsconfig.shared.json', 'package.json', 'test/support/closing-line.ts'];

export class ProjectCopy {
  readonly folder = temporaryFolder();

  constructor() {
    for (const path of COPIED) cpSync(fileURLToPath(packageUrl(path)), join(this.folder, path), { recursive: true });
    cpSync(fileURLToPath(packageUrl('vitest.config.ts')), join(this.folder, 'vitest.config.ts'));
    symlinkSync(fileURLToPath(packageUrl('node_modules')), join(this.folder, 'node_modules'));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Type-checks what is shared. @returns what the compiler says; empty: nothing */
  check(): Promise<string> {
    return this.#run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.shared.json');
  }

  /** Runs the unit tests of games that are in the copy. @returns what is said if one fails; empty: none does */
  test(...files: readonly string[]): Promise<string> {
    return this.#run('node_modules/vitest/vitest.mjs', 'run', ...files);
  }

  async #run(script: string, ...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(this.folder, script), ...args], { cwd: this.folder });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return code === 0 ? '' : `exit code ${code}\n${said}`;
  }
}
