/** A teacher's lesson on the pages, with a real hub: rooms, bots, freeze, lock, kick and ban, devices, the lab. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startHub, type RunningHub } from '../support/hubs.ts';
import { RawDevice } from '../support/mqtt-clients.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { buildDashboard, Classroom } from './support/classroom.ts';
import { showMoment } from './support/scoreboards.ts';

describe.skipIf(missing('chromium'))('a teacher', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open({ http }: Pick<RunningHub, 'http'>, path: string): Promise<Watched> {
    const watched = await openPage(browser, `${http}${path}`);
    onTestFinished(() => watched.page.context().close());
    return watched;
  }

  it('lets bots play, pauses the match, lets it go on, and freezes everything', async () => {
    const running = await startHub();
    const { page, complaints } = await open(running, '/rooms');
    for (const told of ['1 bot', '2 bots']) {
      await page.getByRole('button', { name: 'One bot more' }).click();
      await page.getByText(told, { exact: true }).waitFor();
    }
    expect(roomOf(running)?.seats.taken).toHaveLength(2);
    await eventually(() => roomOf(running)?.phase === 'playing');
    await page.getByRole('button', { name: 'Pause' }).click();
    await eventually(() => roomOf(running)?.phase === 'paused');
    await page.getByRole('button', { name: 'Go on' }).click();
    await eventually(() => roomOf(running)?.phase === 'playing');
    await page.getByRole('button', { name: 'Freeze everything' }).click();
    await eventually(() => roomOf(running)?.phase === 'paused');
    await page.getByText('Every room is held').waitFor();
    await page.getByRole('button', { name: 'Let all rooms go on' }).click();
    await eventually(() => roomOf(running)?.phase === 'playing');
    expect(complaints).toEqual([]);
  });

  it('starts each match where a room waits for that: on the page Rooms, and on the court', async () => {
    const running = await startHub({}, { PADDLEWIRE_PONG_TARGET: '1', PADDLEWIRE_PONG_BALL_SPEED: '50000' });
    const { page, complaints } = await open(running, '/rooms');
    const fresh = page.getByRole('article', { name: 'New room' });
    await fresh.getByLabel('Name').fill('yard');
    await fresh.getByLabel('A match begins').selectOption('teacher');
    await fresh.getByRole('button', { name: 'Open the room' }).click();
    const yard = page.getByRole('article', { name: 'Room yard' });
    const start = yard.getByRole('button', { name: 'Start', exact: true });
    await start.waitFor();
    expect(await start.isDisabled()).toBe(true);
    for (const id of ['ada', 'ben']) {
      const device = await RawDevice.connect(running.url, id);
      device.hello();
      await device.told('WELCOME');
      device.send({ type: 'JOIN', room: 'yard', side: '' });
    }
    await start.click();
    await eventually(() => roomOf(running, 'yard')?.phase === 'playing');
    await eventually(() => roomOf(running, 'yard')?.summary().final);
    const court = await open(running, '/#yard');
    await court.page.getByRole('button', { name: 'Next match' }).click();
    await eventually(() => roomOf(running, 'yard')?.totals.matches === 2);
    expect([...complaints, ...court.complaints]).toEqual([]);
  });

  it('opens a room by the form of its game, changes it, and is asked before it is closed', async () => {
    const running = await startHub();
    const { page, complaints } = await open(running, '/rooms');
    const fresh = page.getByRole('article', { name: 'New room' });
    await fresh.getByLabel('Name').fill('yard');
    await fresh.getByText('Game and settings').click();
    await fresh.getByLabel('Target').fill('7');
    await fresh.getByRole('button', { name: 'Open the room' }).click();
    const yard = page.getByRole('article', { name: 'Room yard' });
    await yard.waitFor();
    expect(roomOf(running, 'yard')?.summary().parameters).toMatchObject({ target: 7 });
    await yard.getByText('Game and settings').click();
    await yard.getByLabel('Ball speed').fill('3000');
    await yard.getByLabel('When a device vanishes').selectOption('remove');
    await yard.getByRole('button', { name: 'Apply' }).click();
    await yard.getByText('Done.').waitFor();
    expect(roomOf(running, 'yard')?.summary()).toMatchObject({ policy: 'remove', parameters: { ballSpeed: 3000 } });
    await yard.getByRole('button', { name: 'Close room' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(roomOf(running, 'yard')).toBeDefined();
    await yard.getByRole('button', { name: 'Close room' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close room' }).click();
    await yard.waitFor({ state: 'detached' });
    expect(roomOf(running, 'yard')).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('locks the lobby, kicks one who may not come back then, and bans another until it is allowed', async () => {
    const running = await startHub();
    const ada = await RawDevice.seated(running.url, 'ada');
    await RawDevice.seated(running.url, 'ben');
    const { page, complaints } = await open(running, '/rooms');
    await page.getByRole('button', { name: 'Lock the lobby' }).click();
    await page.getByText('Nobody new gets a seat').waitFor();
    const [adaName, benName] = ['ada', 'ben'].map((id) => running.hub.lobby.session(id)?.name ?? '') as [
      string,
      string,
    ];
    const sits = (name: string) => page.locator('.sitting li', { hasText: name });
    await sits(adaName).getByRole('button', { name: 'Kick' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
    await ada.refused('device-kicked');
    await sits(adaName).waitFor({ state: 'detached' });
    const late = await RawDevice.connect(running.url, 'late');
    late.hello();
    await late.told('WELCOME');
    late.send({ type: 'JOIN', room: '', side: '' });
    await late.refused('lobby-locked');
    await page.getByRole('button', { name: 'Open the lobby' }).click();
    await sits(benName).getByRole('button', { name: 'Ban' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ban' }).click();
    await sits(benName).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Devices' }).click();
    const ben = page.locator('.device', { hasText: benName });
    await ben.getByText('banned').waitFor();
    await ben.getByRole('button', { name: /^More about/ }).click();
    await ben.getByRole('button', { name: 'Allow again' }).click();
    await ben.getByText('banned').waitFor({ state: 'detached' });
    expect(running.hub.lobby.seating.banned.has('ben')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('gives a device a name and a seat, sees its buttons, and takes the seat away', async () => {
    const running = await startHub();
    const device = await RawDevice.connect(running.url, 'ada');
    device.hello();
    await device.told('WELCOME');
    const { page, complaints } = await open(running, '/devices');
    const row = page.locator('.device').first();
    await row.getByRole('button', { name: /^More about/ }).click();
    await row.getByLabel('New name').fill('Ada');
    await row.getByRole('button', { name: 'Rename' }).click();
    await row.locator('.name', { hasText: /^Ada$/ }).waitFor();
    await row.getByLabel('Seat').selectOption({ label: 'main: Right' });
    await row.getByRole('button', { name: 'Give the seat' }).click();
    expect((await device.told('SEAT')).side).toBe('right');
    device.send({ type: 'INPUT', seq: 1, time: 0, buttons: 3, axis: 1000 });
    await row.getByRole('img', { name: 'Buttons that are held: up, down' }).waitFor();
    await row.getByRole('button', { name: 'Take the seat away' }).click();
    await row.getByText('no seat').waitFor();
    expect(complaints).toEqual([]);
  });

  it('moves the sliders of the lab, and the hub has them; they are marked on the court', async () => {
    const running = await startHub();
    await RawDevice.seated(running.url, 'ada', 'left');
    await RawDevice.seated(running.url, 'ben', 'right');
    const { page, complaints } = await open(running, '/lab');
    const left = page.getByRole('group', { name: /^Left:/ });
    await left.getByRole('slider', { name: 'Delay' }).fill('120');
    await left.getByRole('slider', { name: 'Loss' }).fill('15');
    const labOf = (index: number) => roomOf(running)?.seats.all[index]?.lab;
    await eventually(() => JSON.stringify(labOf(0)) === '{"delayMs":120,"jitterMs":0,"lossPercent":15}');
    await page
      .getByRole('group', { name: /^Right:/ })
      .getByRole('button', { name: 'Bad network' })
      .click();
    await eventually(() => labOf(1)?.lossPercent === 20);
    await page.getByRole('link', { name: 'Court' }).click();
    await page.locator('.seat.left').getByText('slowed in the lab').waitFor();
    expect(complaints).toEqual([]);
  });

  it('sees the match that was played on the leaderboard, in the list and in the replay', async () => {
    const running = await startHub(
      {},
      { PADDLEWIRE_PONG_TARGET: '1', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_BALL_SPEED: '20000' },
    );
    await RawDevice.seated(running.url, 'ada');
    await RawDevice.seated(running.url, 'ben');
    const { page, complaints } = await open(running, '/leaderboard');
    await page.locator('tbody tr').first().waitFor();
    await page.locator('tbody a').first().click();
    const match = page.locator('.device-history .match', { hasText: 'won' }).first();
    await match.getByRole('link', { name: 'Replay' }).click();
    await page.locator('.screen canvas').waitFor();
    await page
      .locator('.timeline li', { hasText: /scores/ })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('at another computer is asked for the password, again when it was wrong, and signs out', async () => {
    const built = await buildDashboard();
    const classroom = new Classroom(built.folder);
    await classroom.start();
    onTestFinished(async () => {
      await classroom.stop();
      await built.remove();
    });
    classroom.api.password = 'Gänseblümchen';
    showMoment(classroom);
    const { page } = await open({ http: classroom.url.slice(0, -1) }, '/rooms');
    await page.getByRole('button', { name: 'Freeze everything' }).click();
    await answer(page, 'Löwenzahn');
    await page.getByText('That was not the password.').waitFor();
    await answer(page, 'Gänseblümchen');
    await page.getByText('Every room is held').waitFor();
    expect(classroom.api.told).toEqual([{ name: 'POST /api/hub', params: {}, body: { frozen: true } }]);
    await page.reload();
    await page.getByRole('button', { name: 'Let all rooms go on' }).click();
    await page.getByText('Every room is held').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Lock the lobby' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Only who leads the class may do this.').waitFor();
    expect(classroom.api.told).toHaveLength(2);
  });
});

const roomOf = ({ hub }: RunningHub, name = 'main') => hub.rooms.get(name);

async function answer(page: Page, password: string): Promise<void> {
  await page.getByRole('dialog').getByLabel('Password').fill(password);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
}
