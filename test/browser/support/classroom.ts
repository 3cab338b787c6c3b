/** A hub as far as a page can see: the built dashboard under the hub's strict headers, canned answers, a broker at /mqtt. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { StaticFiles } from '../../../hub/http/static-files.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { cannedApi } from './canned-answers.ts';
import type { FakeApi } from './fake-api.ts';

const POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Builds the dashboard from its source into a folder of its own; from the same source it is copied from the last time.
 * @returns the folder, and what removes it
 */
export async function buildDashboard(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'paddlewire-dashboard-'));
  const kept = fileURLToPath(packageUrl(`node_modules/.cache/paddlewire-dashboard/${sourceHash()}`));
  if (existsSync(kept)) await cp(kept, folder, { recursive: true });
  else {
    const { build } = await import('vite');
    const configFile = fileURLToPath(packageUrl('vite.config.ts'));
    await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
    await keep(folder, kept);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What the dashboard is built from: its source, what it shares with the hub, and the packages that are installed. */
const SOURCE = ['hub/dashboard', 'shared', 'vite.config.ts', 'package-lock.json'];

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const part of SOURCE) {
    const path = fileURLToPath(packageUrl(part));
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [''];
    for (const name of names.toSorted()) {
      const file = join(path, name);
      if (statSync(file).isFile()) hash.update(`${part}/${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Several test files may do so at a time: whoever is first has it. What was built of another source goes. */
async function keep(folder: string, kept: string): Promise<void> {
  const all = dirname(kept);
  await mkdir(all, { recursive: true });
  const others = await readdir(all);
  const fresh = await mkdtemp(join(all, 'new-'));
  await cp(folder, fresh, { recursive: true });
  await rename(fresh, kept).catch(() => rm(fresh, { recursive: true, force: true }));
  for (const other of others) {
    if (!other.startsWith('new-')) await rm(join(all, other), { recursive: true, force: true });
  }
}

export class Classroom {
  readonly #folder: string;
  #broker: Aedes | null = null;
  #server: Server | null = null;
  #port = 0;
  #api = cannedApi();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get api(): FakeApi {
    return this.#api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Listens on the port it had before, at first on any free one. */
  async start(): Promise<void> {
    this.#broker = await Aedes.createBroker();
    const files = new StaticFiles(this.#folder);
    const server = createServer((request, response) => {
      response.setHeader('Content-Security-Policy', POLICY);
      const { pathname } = new URL(request.url ?? '/', 'http://hub');
      void this.api.answer(request, response, pathname).then((answered) => {
        if (!answered && !files.answer(request, response, pathname)) response.writeHead(404).end();
      });
    });
    const sockets = new WebSocketServer({ server, path: '/mqtt', handleProtocols: () => 'mqtt' });
    sockets.on('connection', (socket, request) => {
      const stream = createWebSocketStream(socket);
      // A page that goes away in the middle of a message is no failure of a test.
      stream.on('error', () => {});
      this.#broker?.handle(stream, request);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Another lesson at the same address: nothing is retained, and nothing was told. A page that is still there is cut off. */
  async renew(): Promise<void> {
    const before = this.#broker;
    [this.#broker, this.#api] = [await Aedes.createBroker(), cannedApi()];
    await new Promise<void>((resolve) => (before === null ? resolve() : before.close(resolve)));
  }

  /** Goes away as a hub does that is switched off: no goodbye to anybody. */
  async stop(): Promise<void> {
    const [broker, server] = [this.#broker, this.#server];
    [this.#broker, this.#server] = [null, null];
    if (broker === null || server === null) return;
    await new Promise<void>((resolve) => broker.close(resolve));
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  publish(topic: string, payload: Uint8Array | string, retain = false): void {
    const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, dup: false, retain } as const;
    this.#broker?.publish(packet, () => {});
  }

  publishJson(topic: string, value: unknown, retain = false): void {
    this.publish(topic, JSON.stringify(value), retain);
  }
}
