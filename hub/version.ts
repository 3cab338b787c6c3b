/** The version of the program, as package.json says it. */
import { readFileSync } from 'node:fs';
import { packageUrl } from '../shared/package-files.ts';

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(packageUrl('package.json'), 'utf8')) as { version: string }).version;
