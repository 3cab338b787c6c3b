/** Whether a page fits its window: nothing cut off, nothing sticking out. */
import type { Page } from 'playwright-core';

/** After two frames of the screen everything that follows a size or a scheme has been drawn. */
export const twoFrames = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

/** Elements whose text does not fit them, or that stick out of the page to the side. */
export async function cutOff(page: Page): Promise<string[]> {
  // A text, because these tests are compiled without the types of a browser.
  const script = `
    const wide = document.documentElement.clientWidth;
    [...document.querySelectorAll('h1, h2, h3, p, li, span, em, small, code, button, a, label, input, select, canvas, svg, output, td, th')]
      .filter((element) => !element.closest('.unseen, .to-main, .scrolls, .uplot') && element.getClientRects().length > 0)
      .filter((element) => getComputedStyle(element).clipPath === 'none')
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const wider = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        return left < -0.5 || right > wide + 0.5 || wider && !/^(INPUT|SELECT)$/.test(element.tagName);
      })
      .map((element) => element.tagName + ' ' + element.className + ' ' + element.textContent);`;
  return page.evaluate<string[]>(script);
}
