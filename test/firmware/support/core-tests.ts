/** Compiles the C tests of the firmware's core on this computer, with sanitizers, and runs them once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageUrl } from '../../../shared/package-files.ts';

const STRICT = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror'];
const SANITIZERS = ['-g', '-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

const pathOf = (name: string): string => fileURLToPath(packageUrl(name));
const sourcesIn = (folder: string): string[] =>
  readdirSync(pathOf(folder))
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(pathOf(folder), name));

export interface CoreCase {
  readonly suite: string;
  readonly name: string;
  /** Where and what failed; empty if it passed. */
  readonly failure: string;
}

export interface CoreRun {
  readonly cases: readonly CoreCase[];
  /** What the firmware has of the contract: rows of fields, by their first. */
  readonly contract: readonly (readonly string[])[];
  /** What a sanitizer said, or why the program ended early; empty otherwise. */
  readonly complaint: string;
}

/** @throws Error with the compiler's words if it does not compile */
export function runCoreTests(): CoreRun {
  const folder = mkdtempSync(join(tmpdir(), 'paddle-core-'));
  try {
    const program = join(folder, 'core-tests');
    const include = ['core', 'uno'].map((part) => `-I${pathOf(`device/firmware/${part}`)}`);
    const sources = [...sourcesIn('device/firmware/core'), ...sourcesIn('test/firmware/core')];
    // Of the board code, only what touches no register can run here.
    sources.push(pathOf('device/firmware/uno/tone_divider.c'));
    execFileSync('cc', [...STRICT, ...SANITIZERS, ...include, ...sources, '-o', program], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
    const { stdout, stderr, signal } = spawnSync(program, [pathOf('test/conformance/vectors.tsv')], {
      encoding: 'utf8',
    });
    const rows = stdout.split('\n').map((line) => line.split('\t'));
    return {
      cases: rows
        .filter(([verdict]) => verdict === 'ok' || verdict === 'failed')
        .map(([, suite = '', name = '', failure = '']) => ({ suite, name, failure })),
      contract: rows.filter(([kind]) => kind === 'contract' || kind === 'constant' || kind === 'code'),
      complaint: signal === null ? stderr : `${stderr}ended by ${signal}`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
