/** The hub's HTTP server: the dashboard's files, a small JSON API, and the door to MQTT over WebSocket. */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { compiledUrl } from '../../shared/package-files.ts';
import { listen } from '../listen.ts';

export interface HttpParts {
  /** GET answers by path, as JSON. */
  readonly api: Readonly<Record<string, () => unknown>>;
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

export class HttpServer {
  readonly #parts: HttpParts;
  #server: Server | null = null;

  constructor(parts: HttpParts) {
    this.#parts = parts;
  }

  /** @returns the port. @throws PaddlewireError port-in-use */
  async start(host: string, port: number): Promise<number> {
    const folder = fileURLToPath(compiledUrl('hub/dashboard/'));
    const files = existsSync(folder) ? sirv(folder, { etag: true, single: true }) : null;
    const server = createServer((request, response) => this.#answer(request, response, files));
    server.on('upgrade', (request, socket, head) => {
      if (new URL(request.url ?? '/', 'http://hub').pathname === '/mqtt') this.#parts.upgrade(request, socket, head);
      else socket.destroy();
    });
    this.#server = server;
    return listen(server, host, port, '--http-port');
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse, files: ReturnType<typeof sirv> | null): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const path = new URL(request.url ?? '/', 'http://hub').pathname;
    const handler = Object.hasOwn(this.#parts.api, path) ? this.#parts.api[path] : undefined;
    if (handler !== undefined) void this.#json(response, handler);
    else if (files === null || path.startsWith('/api/')) notFound(response);
    else files(request, response, () => notFound(response));
  }

  async #json(response: ServerResponse, handler: () => unknown): Promise<void> {
    try {
      const body = JSON.stringify(await handler());
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(body);
    } catch (error) {
      this.#parts.log('http-failed', { text: (error as Error).message });
      response.writeHead(503, { 'Content-Type': 'application/json' }).end('{"error":"not available now"}');
    }
  }
}

const notFound = (response: ServerResponse): void => {
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found. The dashboard is at /.\n');
};
