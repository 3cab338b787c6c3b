/** How often a page draws: calls of the contexts of its canvases, counted in the page. */
import type { Page } from 'playwright-core';

/** Counts from now on, on canvases that are on the page; without curves over time, which move with it. */
export async function countDrawing(page: Page): Promise<void> {
  // A text, because these tests are compiled without the types of a browser.
  await page.evaluate(`(() => {
    window.drawn = 0;
    const context = CanvasRenderingContext2D.prototype;
    for (const name of ['drawImage', 'fillRect', 'clearRect', 'fill', 'stroke']) {
      const call = context[name];
      context[name] = function (...given) {
        if (this.canvas.isConnected && !this.canvas.closest('.uplot')) window.drawn += 1;
        return call.apply(this, given);
      };
    }
  })()`);
}

/** How many calls there are in so many frames of the screen. */
export const drawnIn = (page: Page, frames: number): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const before = window.drawn;
    let left = ${frames};
    const frame = () => (left-- > 0 ? requestAnimationFrame(frame) : done(window.drawn - before));
    frame();
  })`);

/** What the first canvas shows, as a text that is another for another picture. */
export const pictureOf = (page: Page): Promise<string> =>
  page.evaluate<string>("document.querySelector('canvas').toDataURL()");
