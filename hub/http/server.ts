/** The hub's HTTP server: the dashboard's files, a small JSON API, and the door to MQTT over WebSocket. */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { compiledUrl } from '../../shared/package-files.ts';
import { systemClock, type Clock } from '../clock.ts';
import { listen } from '../listen.ts';
import { Actions, type ActionsParts } from './actions.ts';
import { StaticFiles } from './static-files.ts';

export interface HttpParts extends Partial<ActionsParts> {
  /** GET answers by path, as JSON. Each may be up to a second old. */
  readonly api: Readonly<Record<string, () => unknown>>;
  /** Where the dashboard was built to; without one only the API is served. */
  readonly dashboard?: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** A WebSocket handshake on `/mqtt`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  log(code: string, detail: Record<string, unknown>): void;
}

/** An answer of the API: under way, or made at a time. */
interface Answer {
  readonly body: Promise<string>;
  madeAt: number | null;
}

// Everything comes from the hub; a WebSocket back to it is what `connect-src 'self'` allows.
const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** How old an answer of the API may be: many pages that ask at once cost the hub one answer. */
const FRESH_MS = 1000;

export class HttpServer {
  readonly #parts: HttpParts;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #actions: Actions;
  readonly #answers = new Map<string, Answer>();
  /** Every open connection, those that became WebSockets too: Node forgets them. */
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #stopping: Promise<void> | null = null;

  constructor(parts: HttpParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
    this.#actions = new Actions({ actions: parts.actions ?? {}, leads: (...from) => parts.leads?.(...from) === true });
  }

  /** @returns the port. @throws PaddlewireError port-in-use */
  async start(host: string, port: number): Promise<number> {
    await this.#stopping;
    const folder = this.#parts.dashboard ?? fileURLToPath(compiledUrl('hub/dashboard/'));
    const files = existsSync(folder) ? new StaticFiles(folder) : null;
    const server = createServer((request, response) => this.#answer(request, response, files));
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server = server;
    const bound = await listen(server, host, port, '--http-port');
    server.on('error', (error) => this.#failed(error));
    return bound;
  }

  /** Cuts every connection. Calling it again is the same stop. */
  stop(): Promise<void> {
    this.#stopping ??= this.#close().finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#answers.clear();
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node listens no more to a socket that it hands out.
    socket.on('error', () => socket.destroy());
    try {
      if (pathOf(request) === '/mqtt') this.#parts.upgrade(request, socket, head);
      else socket.destroy();
    } catch (error) {
      this.#failed(error);
      socket.destroy();
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse, files: StaticFiles | null): void {
    response.on('error', () => response.destroy());
    try {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      const path = pathOf(request);
      if (path === null) return text(response, 400, 'This address cannot be read.');
      const written = writtenPathOf(request);
      const acts = this.#actions.has(written);
      if (request.method === 'POST' && acts) return void this.#act(request, response, written);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('Allow', acts ? 'POST' : 'GET, HEAD');
        return text(response, 405, acts ? 'Only POST.' : 'Only GET and HEAD.');
      }
      const handler = Object.hasOwn(this.#parts.api, path) ? this.#parts.api[path] : undefined;
      if (handler !== undefined) return void this.#json(response, path, handler);
      if (!path.startsWith('/api/') && files?.answer(request, response, path) === true) return;
      text(response, 404, 'Not found. The dashboard is at /.');
    } catch (error) {
      this.#failed(error);
      if (response.headersSent) response.destroy();
      else text(response, 500, 'The hub could not answer.');
    }
  }

  async #act(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    try {
      await this.#actions.answer(request, response, path);
    } catch (error) {
      this.#failed(error);
      if (response.headersSent) response.destroy();
      else text(response, 500, 'The hub could not do it.');
    }
  }

  async #json(response: ServerResponse, path: string, handler: () => unknown): Promise<void> {
    const type = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    try {
      const body = await this.#fresh(path, handler);
      response.writeHead(200, { ...type, 'Content-Length': Buffer.byteLength(body) }).end(body);
    } catch (error) {
      this.#failed(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(503, type).end('{"error":"not available now"}');
    }
  }

  /** The answer under way or made just now, else a new one. One that failed is not kept. */
  #fresh(path: string, handler: () => unknown): Promise<string> {
    const known = this.#answers.get(path);
    if (known !== undefined && (known.madeAt === null || this.#clock.now() - known.madeAt < FRESH_MS)) {
      return known.body;
    }
    const body = Promise.resolve()
      .then(handler)
      .then((value) => JSON.stringify(value));
    const answer: Answer = { body, madeAt: null };
    this.#answers.set(path, answer);
    body.then(
      () => (answer.madeAt = this.#clock.now()),
      () => this.#answers.get(path) === answer && this.#answers.delete(path),
    );
    return body;
  }

  #failed(error: unknown): void {
    this.#parts.log('http-failed', { text: error instanceof Error ? error.message : String(error) });
  }
}

/** The path that a request asks for as it is written there. @throws TypeError */
const writtenPathOf = (request: IncomingMessage): string => new URL(request.url ?? '', 'http://hub').pathname;

/** The decoded path that a request asks for, or null when there is none to be read. */
function pathOf(request: IncomingMessage): string | null {
  try {
    return decodeURIComponent(writtenPathOf(request));
  } catch {
    return null;
  }
}

const text = (response: ServerResponse, status: number, sentence: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
};
