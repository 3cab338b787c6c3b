/** Every page of the dashboard as a reader finds it: where it is, what a classroom is doing, and when it is there. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage, type Watched } from './chromium.ts';
import type { Classroom } from './classroom.ts';
import { playScene, SCENES, setScene, type Scene } from './scenes.ts';

/** Projector, laptop, phone. */
export const SIZES = [
  [1920, 1080],
  [1280, 800],
  [360, 640],
] as const;
export const SCHEMES = ['light', 'dark'] as const;

export interface Visited {
  readonly name: string;
  readonly path: string;
  readonly scene: string;
  /** Something that is there once the page is. */
  readonly shows: string;
  /** What is opened before it is looked at. */
  readonly opened?: (page: Page) => Promise<void>;
}

/** And a token is made, which is shown once. */
async function logIn(page: Page): Promise<void> {
  const form = page.locator('form').first();
  await form.getByRole('textbox').first().fill('ada');
  await form.locator('[type=password]').fill('correct horse');
  await form.getByRole('button').click();
  await page.locator('.tokens li').first().waitFor();
  await page.locator('.in-line button').click();
  await page.locator('.fresh').waitFor();
  await page.locator('.course').waitFor();
}

const open = (name: RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

export const VISITED: readonly Visited[] = [
  { name: 'court', path: '/', scene: 'four', shows: '.qr path' },
  { name: 'court, waiting', path: '/', scene: 'waiting', shows: '.how-to button' },
  { name: 'court, tiles', path: '/', scene: 'rooms', shows: '.tile canvas' },
  { name: 'rooms', path: '/rooms', scene: 'rooms', shows: '.room-card' },
  {
    name: 'rooms, settings',
    path: '/rooms',
    scene: 'two',
    shows: '.room-card',
    opened: (page) => page.locator('summary').first().click(),
  },
  { name: 'rooms, question', path: '/rooms', scene: 'two', shows: '.room-card', opened: open(/^Close room/) },
  { name: 'devices', path: '/devices', scene: 'four', shows: '.device .pad' },
  { name: 'devices, one open', path: '/devices', scene: 'four', shows: '.device .pad', opened: open(/^More about/) },
  { name: 'leaderboard', path: '/leaderboard', scene: 'two', shows: 'tbody tr' },
  { name: 'leaderboard, a device', path: '/leaderboard?device=uno-3f21', scene: 'two', shows: '.match' },
  { name: 'matches', path: '/matches', scene: 'two', shows: '.match' },
  { name: 'replay', path: '/matches/m-2?tick=900', scene: 'two', shows: '.screen canvas' },
  { name: 'league', path: '/league', scene: 'two', shows: '.range' },
  { name: 'league, empty', path: '/league?game=rps', scene: 'two', shows: '.notice .button' },
  { name: 'account', path: '/league/account', scene: 'two', shows: 'form' },
  { name: 'account, logged in', path: '/league/account', scene: 'two', shows: 'form', opened: logIn },
  { name: 'tournament', path: '/league/tournament', scene: 'two', shows: '.bracket' },
  { name: 'tournament, swiss', path: '/league/tournament?id=2', scene: 'two', shows: '.standings' },
  { name: 'users', path: '/league/users', scene: 'two', shows: 'tbody tr' },
  { name: 'lab', path: '/lab', scene: 'lab', shows: '.slider' },
  { name: 'health', path: '/health', scene: 'four', shows: '.figure' },
  { name: 'play', path: '/play', scene: 'two', shows: '.entry' },
  { name: 'local', path: '/local', scene: 'two', shows: '.local-setup' },
  { name: 'no such page', path: '/nowhere', scene: 'two', shows: '.notice a' },
];

/** They have the whole window. */
const WITHOUT_HEAD: ReadonlySet<string> = new Set(['/play', '/local']);

/** Opens a page of a classroom and waits until it is there. */
export async function visitPage(
  browser: Browser,
  classroom: Classroom,
  { path, scene: name, shows, opened }: Visited,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const scene = SCENES.find((one) => one.name === name) as Scene;
  setScene(classroom, scene);
  const watched = await openPage(browser, new URL(path, classroom.url).href, options);
  const { page } = watched;
  if (!WITHOUT_HEAD.has(path)) await page.locator('header.up').waitFor();
  await page.locator(shows).first().waitFor();
  playScene(classroom, scene);
  await opened?.(page);
  return watched;
}
