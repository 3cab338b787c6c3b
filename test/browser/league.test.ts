/** The league on its pages, with a real hub and a real agent: from an account to the replay of the first match. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { agentPath } from '../support/agents/agents.ts';
import { eventually } from '../support/eventually.ts';
import { spawnPaddlewire, startHub, type RunningHub } from '../support/hubs.ts';
import { addUser, agent, joinLeague, keepsJoining, PASSWORD, QUICK_LEAGUE } from '../support/league.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';

describe.skipIf(missing('chromium'))('the league', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open({ http }: RunningHub, path: string): Promise<Watched> {
    const watched = await openPage(browser, `${http}${path}`);
    onTestFinished(() => watched.page.context().close());
    return watched;
  }

  it('takes a student from an account to the replay: a token, an agent, a match, the ladder', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const { page, complaints } = await open(running, '/league');
    await page.getByText('Make an account, take its token').waitFor();
    await page.getByRole('link', { name: 'To my account' }).click();
    await fillAccount(page, 'New account', 'ada');
    await page.getByText('Hello, ada').waitFor();
    const [token = ''] = await page.locator('.fresh code').allInnerTexts();
    expect(token).toMatch(/^pw_/);

    const { token: others } = await addUser(running, 'ben');
    joinLeague(await agent(running, 'ben-1', others));
    const host = `127.0.0.1:${running.address.mqttPort}`;
    const child = spawnPaddlewire(
      ['agent', 'run', agentPath('mlplay.ts'), '--token', token, '--host', host, '--games', '1'],
      {},
    );
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(await ended).toBe(0);

    await page.locator('.mine .league-games li').first().waitFor();
    await page.getByText(/Place [12]/).waitFor();
    await page.getByRole('link', { name: 'Ladder' }).click();
    await page.locator('.ladder tbody tr', { hasText: 'ada' }).waitFor();
    expect(await page.locator('.ladder tbody tr').count()).toBe(2);
    await page.locator('.league-games').getByRole('link', { name: 'Replay' }).first().click();
    await page.locator('.screen canvas').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says in a sentence what is wrong: the password, a name that is taken; and remembers who is logged in', async () => {
    const running = await startHub();
    await addUser(running, 'Ada');
    const { page } = await open(running, '/league/account');
    await fillAccount(page, 'Log in', 'ada', 'wrong password');
    await page.getByText('There is no user of that name with that password.').waitFor();
    await fillAccount(page, 'New account', 'aDA');
    await page.getByText('There is a user aDA.').waitFor();
    await fillAccount(page, 'Log in', 'ada');
    await page.getByText('Hello, Ada').waitFor();
    await page.reload();
    await page.getByText('Hello, Ada').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
  });

  it('lets tokens be made and revoked, and a password be changed', async () => {
    const running = await startHub();
    const { token } = await addUser(running, 'ada');
    await agent(running, 'ada-1', token);
    const { page, complaints } = await open(running, '/league/account');
    await fillAccount(page, 'Log in', 'ada');
    await page.locator('.own-devices li').waitFor();
    await page.getByLabel('Name of the token').fill('library');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.locator('.fresh code').first().waitFor();
    await page.getByRole('button', { name: 'I have it' }).click();
    const library = page.locator('.tokens li', { hasText: 'library' });
    await library.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await library.waitFor({ state: 'detached' });
    await page.getByText('New password', { exact: true }).first().click();
    await page.getByLabel('Password so far').fill(PASSWORD);
    await page.getByLabel('New password').fill('another horse');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByLabel('Password so far').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Log out' }).click();
    await fillAccount(page, 'Log in', 'ada', 'another horse');
    await page.getByText('Hello, ada').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is run by who leads: users are added and removed, and a password is made anew', async () => {
    const running = await startHub();
    const { page, complaints } = await open(running, '/league/users');
    await page.getByLabel('Name').fill('carl');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('.fresh-secrets code').first().waitFor();
    expect(await page.locator('.fresh-secrets code').count()).toBe(2);
    const row = page.locator('tr', { hasText: 'carl' });
    await row.getByRole('combobox').selectOption('admin');
    await eventually(() => running.hub.league.accounts.named('carl').role === 'admin');
    await row.getByRole('button', { name: 'New password' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New password' }).click();
    await eventually(async () => (await page.locator('.fresh-secrets code').count()) === 1);
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('plays an evening: a knock-out of four is made, started, drawn, and has a winner', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    for (const name of ['ada', 'ben', 'cleo', 'dan']) {
      const { token } = await addUser(running, name);
      keepsJoining(await agent(running, `${name}-1`, token));
    }
    const { page, complaints } = await open(running, '/league/tournament');
    await page.getByLabel('Title').fill('Evening');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('.champion').waitFor();
    expect(await page.locator('.bracket section').count()).toBe(2);
    expect(await page.locator('.pairing .won').count()).toBe(3);
    await page.getByText('over', { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Fills in one of the two forms, and sends it. */
async function fillAccount(page: Page, heading: string, name: string, password = PASSWORD): Promise<void> {
  const form = page.locator('form', { has: page.getByRole('heading', { name: heading }) });
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  for (const field of await form.locator('[type=password]').all()) await field.fill(password);
  await form.getByRole('button').click();
}
