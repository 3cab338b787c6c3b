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
  visited: Visited,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  setScene(classroom, sceneOf(visited));
  const watched = await openPage(browser, new URL(visited.path, classroom.url).href, options);
  await arrive(watched.page, classroom, visited);
  return watched;
}

/**
 * Takes a page of a classroom to another one, as somebody who comes for the first time, to a lesson that has just begun.
 * A page that is there already, with its scripts, costs a quarter of a new one.
 */
export async function visitNext(page: Page, classroom: Classroom, visited: Visited): Promise<void> {
  await classroom.renew();
  setScene(classroom, sceneOf(visited));
  await page.goto(new URL(visited.path, classroom.url).href);
  await arrive(page, classroom, visited);
}

/** Goes away, and leaves nothing behind. */
export async function leave(page: Page): Promise<void> {
  // Who has left already is nowhere, and has nothing there.
  if (page.url() !== 'about:blank') await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.goto('about:blank');
  await page.emulateMedia({ colorScheme: null });
}

const sceneOf = ({ scene }: Visited): Scene => SCENES.find(({ name }) => name === scene) as Scene;

async function arrive(page: Page, classroom: Classroom, visited: Visited): Promise<void> {
  const { path, shows, opened } = visited;
  if (!WITHOUT_HEAD.has(path)) await page.locator('header.up').waitFor();
  await page.locator(shows).first().waitFor();
  playScene(classroom, sceneOf(visited));
  await opened?.(page);
}
