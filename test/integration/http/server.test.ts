import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { HttpServer, type HttpParts } from '../../../hub/http/server.ts';
import type { Route } from '../../../hub/http/routes.ts';
import { temporaryFolder } from '../../support/hubs.ts';

const PAGE = `<!doctype html>${'<p>court</p>'.repeat(100)}`;

const json = (answer: () => unknown): Route => ({ leader: false, answer });

interface Running {
  readonly server: HttpServer;
  readonly port: number;
  readonly folder: string;
  readonly log: string[];
}

async function start(parts: Partial<HttpParts> = {}): Promise<Running> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'app.js'), 'export {};');
  const log: string[] = [];
  const server = new HttpServer({
    routes: {},
    dashboard: folder,
    upgrade: (_, socket) => void socket.destroy(),
    log: (code) => log.push(code),
    ...parts,
  });
  const port = await server.start('127.0.0.1', 0);
  onTestFinished(() => server.stop());
  return { server, port, folder, log };
}

/** Sends bytes as they are. @returns all that comes back until the hub closes */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Unlike `fetch`, adds no headers and decodes nothing. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

describe('an address that cannot be read', () => {
  it.each(['//', 'http://[', '/%', '/%ff'])('%s is answered with 400, and the hub serves on', async (target) => {
    const { port } = await start();
    const head = `GET ${target} HTTP/1.1\r\nHost: hub\r\n`;
    expect(await raw(port, `${head}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    expect(await raw(port, `${head}${upgrade}`)).toBe('');
    expect((await ask(port, '/')).status).toBe(200);
  });

  it('a door that throws costs only its own connection', async () => {
    const { port, log } = await start({
      upgrade: () => {
        throw new Error('no door');
      },
    });
    const upgrade = 'GET /mqtt HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await raw(port, upgrade)).toBe('');
    expect(log).toEqual(['http-failed']);
    expect((await ask(port, '/')).status).toBe(200);
  });
});

describe('the dashboard', () => {
  it('is served plain and as gzip, each with an ETag of its own', async () => {
    const { port } = await start();
    const plain = await ask(port, '/');
    expect(plain.body.toString()).toBe(PAGE);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
    const zipped = await ask(port, '/', { 'accept-encoding': 'br, gzip;q=0.8' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(PAGE);
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    expect((await ask(port, '/', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
    const known = await ask(port, '/', { 'if-none-match': `"other", W/${plain.headers.etag}` });
    expect(known).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect((await ask(port, '/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('keeps what has its content in its name, and nothing else', async () => {
    const { port } = await start();
    const lasting = 'public, max-age=31536000, immutable';
    expect((await ask(port, '/assets/app.js')).headers['cache-control']).toBe(lasting);
    expect((await ask(port, '/index.html')).headers['cache-control']).toBe('no-cache');
    expect((await ask(port, '/assets/gone')).headers['cache-control']).toBe('no-cache');
  });

  it('a page of it is index.html, a file that is not there is 404', async () => {
    const { port } = await start();
    expect((await ask(port, '/rooms/main')).body.toString()).toBe(PAGE);
    for (const path of ['/gone.js', '/api/gone', '/../package.json', '/..%2fpackage.json']) {
      expect((await ask(port, path)).status, path).toBe(404);
    }
  });

  it('answers HEAD with no body, and nothing but GET and HEAD', async () => {
    const { port } = await start({ routes: { 'GET /api/rooms': json(() => []) } });
    const head = await ask(port, '/', {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(head.headers['content-length']).toBe(String(PAGE.length));
    for (const path of ['/', '/api/rooms']) {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        expect(await ask(port, path, {}, method), method).toMatchObject({
          status: 405,
          headers: { allow: 'GET, HEAD' },
        });
      }
    }
  });

  it.each(['bytes=5-1', 'bytes=0-0', 'bytes=-', 'x'])('Range: %s is the whole file', async (range) => {
    const { port } = await start();
    expect(await ask(port, '/', { range })).toMatchObject({ status: 200, body: Buffer.from(PAGE) });
  });

  it('is served on when its folder is gone', async () => {
    const { port, folder } = await start();
    rmSync(folder, { recursive: true });
    expect((await ask(port, '/assets/app.js')).body.toString()).toBe('export {};');
  });

  it('may be missing: the API is served', async () => {
    const { port } = await start({
      dashboard: '/nowhere/at-all',
      routes: { 'GET /healthz': json(() => ({ ok: true })) },
    });
    expect((await ask(port, '/')).status).toBe(404);
    expect((await ask(port, '/healthz')).body.toString()).toBe('{"ok":true}');
  });
});

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: hub\r\n`;

describe('the JSON API', () => {
  it('asks once for all who ask at a time, and again when the answer is a second old', async () => {
    let now = 0;
    let calls = 0;
    const { port } = await start({
      clock: { now: () => now },
      routes: {
        'GET /api/scores': json(async () => {
          calls++;
          await setImmediate();
          return { calls };
        }),
        'GET /healthz': json(() => ({ other: true })),
      },
    });
    // In one piece, so that all have been read before the first is answered.
    const many = `${get('/api/scores')}\r\n`.repeat(20);
    const answers = await raw(port, `${many}${get('/healthz')}Connection: close\r\n\r\n`);
    expect(answers.split('{"calls":1}')).toHaveLength(21);
    expect(answers).toContain('{"other":true}');
    now = 999;
    expect((await ask(port, '/api/scores')).body.toString()).toBe('{"calls":1}');
    now = 1000;
    expect((await ask(port, '/api/scores?again')).body.toString()).toBe('{"calls":2}');
  });

  it('keeps no answer that failed', async () => {
    let broken = true;
    const { port, log } = await start({
      routes: {
        'GET /api/scores': json(() => {
          if (broken) throw new Error('no store');
          return [];
        }),
      },
    });
    expect((await ask(port, '/api/scores')).status).toBe(503);
    expect(log).toEqual(['http-failed']);
    broken = false;
    expect((await ask(port, '/api/scores')).status).toBe(200);
  });
});

describe('a stop', () => {
  it('ends although WebSockets and requests are open, however often it is called, and a start follows', async () => {
    const webSockets = new WebSocketServer({ noServer: true });
    const { server, port } = await start({
      routes: { 'GET /api/never': json(() => new Promise(() => {})) },
      upgrade: (request, socket, head) => webSockets.handleUpgrade(request, socket, head, () => {}),
    });
    const watcher = new WebSocket(`ws://127.0.0.1:${port}/mqtt`);
    const closed = new Promise((resolve) => watcher.once('close', resolve));
    watcher.on('error', () => {});
    await new Promise((resolve) => watcher.once('open', resolve));
    const cut = ask(port, '/api/never').catch((error: Error) => error);
    await ask(port, '/');
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    await closed;
    expect(await cut).toBeInstanceOf(Error);
    await expect(ask(port, '/')).rejects.toThrow();
    const again = await server.start('127.0.0.1', 0);
    expect((await ask(again, '/')).status).toBe(200);
  });
});
