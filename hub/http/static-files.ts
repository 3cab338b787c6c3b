/** The dashboard's few files, kept in memory: what happens to the folder later cannot disturb the hub. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Form {
  readonly body: Buffer;
  readonly etag: string;
}

interface StaticFile {
  readonly type: string;
  readonly plain: Form;
  /** null: gzip would not make it shorter. */
  readonly gzip: Form | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export class StaticFiles {
  readonly #files = new Map<string, StaticFile>();

  /** @param folder read whole, now */
  constructor(folder: string) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (statSync(path).isFile()) this.#files.set(`/${name.split(sep).join('/')}`, load(path));
    }
  }

  /** Answers a GET or HEAD. A path without a dot that is no file is a page of the dashboard. @returns whether it did */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    const file = this.#files.get(path) ?? (path.includes('.') ? undefined : this.#files.get('/index.html'));
    if (file === undefined) return false;
    const zipped = acceptsGzip(request.headers['accept-encoding']) ? file.gzip : null;
    const { body, etag } = zipped ?? file.plain;
    response.setHeader('ETag', etag);
    response.setHeader('Vary', 'Accept-Encoding');
    const lasting = path.startsWith('/assets/') && this.#files.has(path);
    response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (matches(request.headers['if-none-match'], etag)) {
      response.writeHead(304).end();
      return true;
    }
    if (zipped !== null) response.setHeader('Content-Encoding', 'gzip');
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  }
}

function load(path: string): StaticFile {
  const body = readFileSync(path);
  const zipped = gzipSync(body, { level: 9 });
  const hash = createHash('sha256').update(body).digest('base64url');
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    plain: { body, etag: `"${hash}"` },
    // A strong ETag names bytes, so each form has its own.
    gzip: zipped.length < body.length ? { body: zipped, etag: `"${hash}-gzip"` } : null,
  };
}

const acceptsGzip = (header: string | string[] | undefined): boolean =>
  /(^|,)\s*gzip\s*(;\s*q=(1|0\.\d*[1-9])[\d.]*\s*)?(,|$)/i.test(String(header ?? ''));

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined && header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
