/** A browser for a test: Debian's Chromium with nothing of its own going on, and pages that note every complaint. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: QUIET });

export interface Watched {
  readonly page: Page;
  /** Console errors and warnings, uncaught exceptions, refused resources, and requests to any other host. */
  readonly complaints: string[];
}

/** A page in a browser context of its own. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  // No wait has a limit of its own: the test's is enough on a machine of any speed.
  page.setDefaultTimeout(0);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}
