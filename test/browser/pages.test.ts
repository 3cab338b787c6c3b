/** What holds for every page: it fits, it is legible to everybody, it is reached by keyboard, and nothing complains. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { buildDashboard, Classroom } from './support/classroom.ts';
import { cutOff, twoFrames } from './support/fits.ts';
import { PATIENT } from './support/probes.ts';
import { SCHEMES, SIZES, VISITED, leave, visitNext, visitPage, type Visited } from './support/visits.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Visit extends Watched {
  readonly classroom: Classroom;
}

describe.skipIf(missing('chromium'))('every page', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildDashboard>>;
  beforeAll(async () => {
    built = await buildDashboard();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await built.remove();
  });
  /** A page of a classroom of its own. */
  async function visit({ onTestFinished }: TestContext, one: Visited, options = {}): Promise<Visit> {
    const classroom = new Classroom(built.folder);
    await classroom.start();
    onTestFinished(() => classroom.stop());
    const watched = await visitPage(browser, classroom, one, options);
    onTestFinished(() => watched.page.context().close());
    return { classroom, ...watched };
  }

  /** By what their browser was told, those who go from page to page. */
  const visitors = new Map<string, Visit>();
  afterAll(() => Promise.all([...visitors.values()].map(({ classroom }) => classroom.stop())));

  async function sendVisitor({ onTestFinished }: TestContext, one: Visited, options = {}): Promise<Visit> {
    const key = JSON.stringify(options);
    const visitor = visitors.get(key) ?? (await newVisitor(options));
    visitors.set(key, visitor);
    const size = visitor.page.viewportSize();
    visitor.complaints.length = 0;
    await visitNext(visitor.page, visitor.classroom, one);
    onTestFinished(async ({ task }) => {
      await leave(visitor.page);
      if (size !== null) await visitor.page.setViewportSize(size);
      if (task.result?.state === 'pass') return;
      // Whatever happened to this one is not to happen to the next test.
      visitors.delete(key);
      await visitor.page.context().close();
      await visitor.classroom.stop();
    });
    return visitor;
  }

  async function newVisitor(options: object): Promise<Visit> {
    const classroom = new Classroom(built.folder);
    await classroom.start();
    return { classroom, ...(await openPage(browser, new URL('nowhere', classroom.url).href, options)) };
  }

  it.for(VISITED)(
    '$name: fits each size, is legible and well named in both schemes, without a complaint',
    async (one, context) => {
      const { page, complaints } = await sendVisitor(context, one);
      await page.evaluate(AXE);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await twoFrames(page);
        expect(await cutOff(page), `${width} by ${height}`).toEqual([]);
      }
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await twoFrames(page);
        expect(await seriousIssues(page), colorScheme).toEqual([]);
      }
      expect(complaints).toEqual([]);
    },
  );

  const inChinese = VISITED.filter(
    ({ path, name, opened }) => !path.includes('?') && (opened === undefined || name === 'rooms, settings'),
  );
  it.for(inChinese)('$name: speaks Chinese, and fits so', async (one, context) => {
    const { page, complaints } = await sendVisitor(context, one, {
      locale: 'zh-TW',
      viewport: { width: 360, height: 640 },
    });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hant');
    expect(await page.locator('main').innerText()).toMatch(/[\u4e00-\u9fff]/);
    await twoFrames(page);
    expect(await cutOff(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is reached by the menu, by keyboard alone, with a focus that shows; the language is switched and remembered', async (context) => {
    const { page, complaints } = await visit(context, VISITED[0] as Visited);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('to-main');
    await tabTo(page, 'Leaderboard');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator('tbody tr').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/leaderboard');
    expect(await page.title()).toBe('Leaderboard · Paddlewire');
    expect(await page.locator('nav [aria-current]').innerText()).toBe('Leaderboard');
    await page.goBack();
    await page.locator('.stage canvas').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '排行榜' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Leaderboard' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens the menu on a phone, and Escape closes it', async (context) => {
    const { page } = await visit(context, VISITED[0] as Visited, { viewport: { width: 360, height: 640 } });
    const link = page.getByRole('link', { name: 'Devices' });
    expect(await link.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).click();
    await link.waitFor();
    await page.keyboard.press('Escape');
    await link.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Menu' }).click();
    await link.click();
    await page.locator('.device .pad').first().waitFor();
  });

  it('says that the hub does not answer, with a way out, and goes on when it does', async (context) => {
    const matches = VISITED.find(({ name }) => name === 'matches') as Visited;
    const { page, classroom } = await visit(context, matches);
    await classroom.stop();
    await page.getByText('The hub does not answer.').waitFor();
    await classroom.start();
    await page.getByText('The hub does not answer.').waitFor({ state: 'detached' });
  });

  it('keeps still for readers who ask for it', async (context) => {
    const { page } = await visit(context, VISITED[0] as Visited, { reducedMotion: 'reduce' });
    await expect
      .poll(() => page.evaluate('getComputedStyle(document.querySelector(".pins")).transitionDuration'), PATIENT)
      .toBe('0s');
  });
});

async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    if ((await page.evaluate('document.activeElement.textContent')) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by the tab key`);
}

interface Issue {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core, which the page has, finds that keeps somebody out. What is in order is not told at length. */
async function seriousIssues(page: Page): Promise<string[]> {
  const run = "axe.run(document, { resultTypes: ['violations'] })";
  const { violations } = await page.evaluate<{ violations: readonly Issue[] }>(run);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
