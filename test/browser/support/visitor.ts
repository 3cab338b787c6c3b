/** One classroom and one visitor for all tests of a block: a page that is there already costs a quarter of a new one. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchChromium, openPage, type Watched } from './chromium.ts';
import { buildDashboard, Classroom } from './classroom.ts';
import { leave } from './visits.ts';

export interface OneVisitor extends Watched {
  readonly browser: Browser;
  readonly classroom: Classroom;
  /** Goes to a page, as somebody who comes for the first time. @param path without the slash before it */
  readonly come: (path?: string) => Promise<Watched>;
}

/**
 * To be called where tests are described. Before each of them the visitor is nowhere, and a lesson has just begun.
 * @returns what is there once the tests run
 */
export function oneVisitor(): OneVisitor {
  let browser: Browser;
  let classroom: Classroom;
  let visitor: Watched;
  let built: Awaited<ReturnType<typeof buildDashboard>>;
  beforeAll(async () => {
    built = await buildDashboard();
    browser = await launchChromium();
    classroom = new Classroom(built.folder);
    await classroom.start();
    visitor = await openPage(browser, classroom.url);
  });
  afterAll(async () => {
    await browser.close();
    await classroom.stop();
    await built.remove();
  });
  beforeEach(async () => {
    await leave(visitor.page);
    visitor.complaints.length = 0;
    await classroom.renew();
  });
  return {
    get browser() {
      return browser;
    },
    get classroom() {
      return classroom;
    },
    get page() {
      return visitor.page;
    },
    get complaints() {
      return visitor.complaints;
    },
    come: async (path = '') => {
      await visitor.page.goto(`${classroom.url}${path}`);
      return visitor;
    },
  };
}
