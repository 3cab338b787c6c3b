/** Writes the pages that come from tables of the code: `npm run docs`. A test holds the pages and the tables equal. */
import { writeFileSync } from 'node:fs';
import { packageUrl } from '../shared/package-files.ts';
import { pages } from './pages.ts';

for (const [path, text] of Object.entries(pages())) writeFileSync(packageUrl(path), text);
