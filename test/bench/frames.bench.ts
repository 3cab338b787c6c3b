/** Whether the court keeps up with the screen: the time between two frames with four rooms as tiles, each at 60 ticks a second. */
import { it } from 'vitest';
import { launchChromium, openPage } from '../browser/support/chromium.ts';
import { buildDashboard, Classroom } from '../browser/support/classroom.ts';
import { playBots } from '../browser/support/bot-match.ts';
import { printTable } from './support/table.ts';

const SECONDS = 10;
const ROOMS = ['east', 'north', 'south', 'west'];

/** Times between two frames in ms, sorted. Runs in the page. */
const MEASURE = `new Promise((done) => {
  const gaps = [];
  let before = 0;
  let until = 0;
  const frame = (now) => {
    if (before > 0) gaps.push(now - before);
    if (until === 0) until = now + ${SECONDS * 1000};
    before = now;
    if (now < until) requestAnimationFrame(frame);
    else done(gaps.sort((a, b) => a - b));
  };
  requestAnimationFrame(frame);
})`;

async function measure(rooms: number, width: number, height: number): Promise<(string | number)[]> {
  const built = await buildDashboard();
  const classroom = new Classroom(built.folder);
  await classroom.start();
  const matches = ROOMS.slice(0, rooms).map((room) => playBots(classroom, { room, seats: [0, 1, 2, 3] }));
  const browser = await launchChromium();
  const { page } = await openPage(browser, classroom.url, { viewport: { width, height } });
  await page
    .locator('canvas')
    .nth(rooms - 1)
    .waitFor();
  const gaps = await page.evaluate<number[]>(MEASURE);
  await browser.close();
  for (const match of matches) match.stop();
  await classroom.stop();
  await built.remove();
  const at = (share: number): number => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? 0;
  return [`${rooms} rooms, ${width} by ${height}`, gaps.length / SECONDS, at(0.5), at(0.95), at(0.99)];
}

it('frames of the court', async () => {
  printTable('Frames of the page, drawn without a graphics card, the matches in the same process; ms between two', [
    ['', 'frames a second', 'p50', 'p95', 'p99'],
    await measure(1, 1280, 800),
    await measure(4, 1280, 800),
    await measure(4, 1920, 1080),
  ]);
});
