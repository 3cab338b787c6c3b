/** The drawings in a real browser: nothing outside the paper, no words on words, no wire or part through words. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wiringPictures } from '../../../docs/pages/boards-page.ts';
import { launchChromium } from '../../browser/support/chromium.ts';
import { missing } from '../../support/needs.ts';

describe.skipIf(missing('chromium'))('wiring diagrams', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  const clashes = async (svg: string): Promise<string[]> => {
    await page.setContent(svg);
    const found = await page.evaluate(`(() => {
      const [left, top, width, height] = document.querySelector('svg').getAttribute('viewBox').split(' ').map(Number);
      const things = [...document.querySelectorAll('text, polyline, line, circle, polygon, rect.part')].flatMap((node) => {
        // A wire is looked at piece by piece: the box around all of it would hold much that it does not touch.
        if (node.tagName !== 'polyline') return [{ node, box: node.getBBox() }];
        const points = [...node.points];
        return points.slice(1).map((to, index) => {
          const from = points[index];
          const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
          return { node, box };
        });
      });
      const nameOf = ({ node, box }) => node.textContent || node.getAttribute('class') + ' at ' + Math.round(box.x) + ',' + Math.round(box.y);
      const outside = ({ box }) => box.x < left || box.y < top || box.x + box.width > left + width || box.y + box.height > top + height;
      const meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width && one.y + 4 < other.y + other.height - 4 && other.y + 4 < one.y + one.height - 4;
      const holds = (one, other) => one.x <= other.x && one.y <= other.y && one.x + one.width >= other.x + other.width && one.y + one.height >= other.y + other.height;
      const found = things.filter(outside).map((thing) => nameOf(thing) + ' is outside');
      const texts = things.filter(({ node }) => node.tagName === 'text');
      for (const words of texts)
        for (const other of things)
          if (other.node !== words.node && meet(words.box, other.box) && !(other.node.tagName === 'rect' && holds(other.box, words.box)))
            found.push(nameOf(words) + ' meets ' + nameOf(other));
      return found;
    })()`);
    return found as string[];
  };

  it('are legible, each of them', async () => {
    for (const [file, svg] of Object.entries(wiringPictures())) expect(await clashes(svg), file).toEqual([]);
  });

  it('would be caught if they were not', async () => {
    const [svg = ''] = Object.values(wiringPictures());
    const longer = svg.replace('>up<', '>a word too long for here<');
    expect(await clashes(longer)).not.toEqual([]);
  });
});
