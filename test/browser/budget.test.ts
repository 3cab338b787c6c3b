/** How much JavaScript each page loads, as it travels: a classroom's WiFi is shared by thirty. */
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATHS } from '../../hub/dashboard/paths.ts';
import { missing } from '../support/needs.ts';
import { launchChromium } from './support/chromium.ts';
import { buildDashboard, Classroom } from './support/classroom.ts';
import { scoreboardOf, showHealth, showMoment } from './support/scoreboards.ts';

const KB = 1024;
const MOST = { '/': 150 * KB } as Readonly<Record<string, number>>;
const MOST_ELSEWHERE = 200 * KB;

describe.skipIf(missing('chromium'))('what pages load', () => {
  let browser: Browser;
  let page: Page;
  let classroom: Classroom;
  let built: Awaited<ReturnType<typeof buildDashboard>>;
  beforeAll(async () => {
    built = await buildDashboard();
    browser = await launchChromium();
    page = await browser.newPage();
    classroom = new Classroom(built.folder);
    await classroom.start();
    showMoment(classroom, { room: scoreboardOf().room });
    showHealth(classroom);
  });
  afterAll(async () => {
    await browser.close();
    await classroom.stop();
    await built.remove();
  });

  it.each([...Object.values(PATHS), '/matches/m-2'])('%s', async (path) => {
    const scripts = new Set<string>();
    const note = (request: Request): void => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.add(pathname);
    };
    // One page goes to all of them: what it has from before is asked for nonetheless.
    await page.goto('about:blank');
    page.on('request', note);
    await page.goto(new URL(path, classroom.url).href, { waitUntil: 'networkidle' });
    const bytes = [...scripts].map((name) => gzipSync(readFileSync(join(built.folder, name))).length);
    expect(bytes.reduce((total, size) => total + size, 0)).toBeLessThan(MOST[path] ?? MOST_ELSEWHERE);
    expect(scripts.size).toBeGreaterThan(0);
    page.off('request', note);
  });
});
