/** Every page at three sizes, light and dark, into the folder `screenshots`: `rooms-1280-dark.png`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { buildDashboard, Classroom } from '../support/classroom.ts';
import { twoFrames } from '../support/fits.ts';
import { SCHEMES, SIZES, VISITED, visitPage } from '../support/visits.ts';

const FOLDER = 'screenshots';

describe('pictures', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildDashboard>>;
  beforeAll(async () => {
    built = await buildDashboard();
    browser = await launchChromium();
    mkdirSync(FOLDER, { recursive: true });
  });
  afterAll(async () => {
    await browser.close();
    await built.remove();
  });

  it.each(VISITED)('of $name', async (one) => {
    const name = one.name.replaceAll(/[^a-z]+/g, '-');
    for (const colorScheme of SCHEMES) {
      for (const [width, height] of SIZES) {
        const classroom = new Classroom(built.folder);
        await classroom.start();
        const { page } = await visitPage(browser, classroom, one, { colorScheme, viewport: { width, height } });
        await twoFrames(page);
        await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
        await page.context().close();
        await classroom.stop();
      }
    }
  });
});
