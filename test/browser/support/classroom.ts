/** A hub as far as a page can see: the built dashboard under the hub's strict headers, canned answers, a broker at /mqtt. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Aedes } from 'aedes';
import { build } from 'vite';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { StaticFiles } from '../../../hub/http/static-files.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { cannedApi } from './canned-answers.ts';
import type { FakeApi } from './fake-api.ts';

const POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Builds the dashboard from its source into a folder of its own. @returns the folder, and what removes it */
export async function buildDashboard(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'paddlewire-dashboard-'));
  const configFile = fileURLToPath(packageUrl('vite.config.ts'));
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export class Classroom {
  readonly #folder: string;
  #broker: Aedes | null = null;
  #server: Server | null = null;
  #port = 0;
  readonly api: FakeApi = cannedApi();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Listens on the port it had before, at first on any free one. */
  async start(): Promise<void> {
    const broker = await Aedes.createBroker();
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
      broker.handle(stream, request);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    [this.#broker, this.#server] = [broker, server];
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
