/** The hub's HTTP server: the dashboard's files, a small JSON API, and the door to MQTT over WebSocket. */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { compiledUrl } from '../../shared/package-files.ts';
import { systemClock, type Clock } from '../clock.ts';
import { listen } from '../listen.ts';
import { Api } from './api.ts';
import type { Leads } from './leads.ts';
import type { Found, Routes } from './routes.ts';
import { StaticFiles } from './static-files.ts';

export interface HttpParts {
  /** The API. What a GET answers may be up to a second old. */
  readonly routes: Routes;
  /** Nobody does, from another computer, when left out. */
  readonly leads?: Leads;
  /** Whether what stands behind `Bearer` is a session of the league; nothing is, when left out. */
  readonly isSession?: (bearer: string) => boolean;
  /** Where the dashboard was built to; without one only the API is served. */
  readonly dashboard?: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** A WebSocket handshake on `/mqtt`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  log(code: string, detail: Record<string, unknown>): void;
}

// Everything comes from the hub; a WebSocket back to it is what `connect-src 'self'` allows.
const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

const NOT_NOW = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

export class HttpServer {
  readonly #parts: HttpParts;
  readonly #api: Api;
  /** Every open connection, those that became WebSockets too: Node forgets them. */
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #stopping: Promise<void> | null = null;

  constructor(parts: HttpParts) {
    this.#parts = parts;
    const { routes, leads = () => false, isSession = () => false, clock = systemClock } = parts;
    this.#api = new Api({ routes, leads, isSession, clock });
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
    this.#api.clear();
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
      const found = this.#api.find(request.method, written);
      if (found !== null) return void this.#answerApi(request, response, written, found);
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return notAllowed(response, this.#api.methods(written));
      if (!path.startsWith('/api/') && files?.answer(request, response, path) === true) return;
      text(response, 404, 'Not found. The dashboard is at /.');
    } catch (error) {
      this.#failed(error);
      if (response.headersSent) response.destroy();
      else text(response, 500, 'The hub could not answer.');
    }
  }

  async #answerApi(request: IncomingMessage, response: ServerResponse, path: string, found: Found): Promise<void> {
    try {
      await this.#api.answer(request, response, path, found);
    } catch (error) {
      this.#failed(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(503, NOT_NOW).end('{"error":"not available now"}');
    }
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

/** @param methods that the path has; none: it is a page */
function notAllowed(response: ServerResponse, methods: readonly string[]): void {
  const allowed = methods.length > 0 ? methods : ['GET', 'HEAD'];
  response.setHeader('Allow', allowed.join(', '));
  text(response, 405, `Only ${allowed.join(' and ')}.`);
}
