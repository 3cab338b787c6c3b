/**
 * Watches for serial ports and keeps a link on each: opens what appears, opens again what was lost, waits longer after
 * each failure and says each reason once.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SerialPort } from 'serialport';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Link, LinkHandler } from '../link.ts';
import { LocalLink, type LocalDevice } from './local-link.ts';
import { openPort, SerialLink } from './serial-link.ts';

export type Dialect = 'paddlewire' | 'firmata';

export interface SerialPortsParts {
  readonly clock: Clock;
  readonly handler: LinkHandler;
  /** What to watch: `auto`, `none`, paths, patterns with `*`; `firmata:` before a path. */
  readonly ports: readonly string[];
  /** Makes the software that speaks for a Firmata board. */
  firmata(port: SerialPort, path: string): Promise<LocalDevice>;
  log(code: string, detail: Record<string, unknown>): void;
}

const LOOK_MS = 250;
const BAUD: Readonly<Record<Dialect, number>> = { paddlewire: 115_200, firmata: 57_600 };
const RETRY_MS = { first: 250, longest: 4000 };
/** A real Uno's bootloader listens for up to 2 s after the port was opened; what is sent then is lost on it. */
const ASK_AFTER_MS = 2500;
const ASK_AGAIN_MS = 1000;
const AUTO = ['/dev/ttyACM*', '/dev/ttyUSB*'];

interface Watched {
  readonly dialect: Dialect;
  link: Link | null;
  /** Ends the asking for a HELLO. */
  ask: Cancel | null;
  /** The device that is being spoken to for the first time. */
  greeting: LocalDevice | null;
  busy: boolean;
  notBefore: number;
  waitMs: number;
  said: string;
}

export class SerialPorts {
  readonly #parts: SerialPortsParts;
  readonly #patterns: readonly { readonly dialect: Dialect; readonly pattern: string }[];
  readonly #watched = new Map<string, Watched>();
  #cancel: Cancel | null = null;
  #running = false;

  constructor(parts: SerialPortsParts) {
    this.#parts = parts;
    this.#patterns = parts.ports
      .filter((port) => port !== 'none')
      .flatMap((port) => (port === 'auto' ? AUTO : [port]))
      .map((port) => {
        const firmata = port.startsWith('firmata:');
        return { dialect: firmata ? 'firmata' : 'paddlewire', pattern: firmata ? port.slice(8) : port };
      });
  }

  start(): void {
    if (this.#running || this.#patterns.length === 0) return;
    this.#running = true;
    this.#look();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#cancel = null;
    for (const { link, greeting } of this.#watched.values()) {
      link?.close('port-lost');
      greeting?.close();
    }
    this.#watched.clear();
  }

  #look(): void {
    const present = new Map(
      this.#patterns.flatMap(({ pattern, dialect }) => expand(pattern).map((path) => [path, dialect])),
    );
    const now = this.#parts.clock.now();
    for (const [path, dialect] of present) {
      const watched = this.#watched.get(path) ?? {
        dialect,
        link: null,
        ask: null,
        greeting: null,
        busy: false,
        notBefore: 0,
        waitMs: 0,
        said: '',
      };
      this.#watched.set(path, watched);
      if (watched.link === null && !watched.busy && now >= watched.notBefore) void this.#open(path, watched);
    }
    for (const [path, watched] of this.#watched) {
      if (!present.has(path) && watched.link === null && !watched.busy) this.#watched.delete(path);
    }
    this.#cancel = this.#parts.clock.after(LOOK_MS, () => this.#look());
  }

  async #open(path: string, watched: Watched): Promise<void> {
    watched.busy = true;
    try {
      const port = await openPort(path, BAUD[watched.dialect]);
      if (!this.#running) {
        port.close(() => {});
        return;
      }
      const link = await this.#link(port, path, watched);
      if (!this.#running) {
        link.close('port-lost');
        return;
      }
      watched.link = link;
      watched.waitMs = 0;
      watched.said = '';
      this.#ask(link, ASK_AFTER_MS, watched);
    } catch (error) {
      this.#failed(path, watched, error as Error);
    } finally {
      watched.busy = false;
    }
  }

  async #link(port: SerialPort, path: string, watched: Watched): Promise<Link> {
    const handler = this.#forgetting(watched);
    if (watched.dialect === 'paddlewire') return new SerialLink(port, handler);
    const device = await this.#parts.firmata(port, path);
    const link = new LocalLink(path, device, handler);
    watched.greeting = device;
    await device.start();
    watched.greeting = null;
    return link;
  }

  /** The lobby, but a link that ends is forgotten first, so that its port is opened again. */
  #forgetting(watched: Watched): LinkHandler {
    const { handler, clock } = this.#parts;
    return {
      received: (link, decoded) => handler.received(link, decoded),
      refused: (link, error) => handler.refused(link, error),
      failed: (link, error) => handler.failed(link, error),
      closed: (link, reason, expected) => {
        watched.link = null;
        watched.ask?.();
        watched.notBefore = clock.now() + RETRY_MS.first;
        handler.closed(link, reason, expected);
      },
    };
  }

  /** A board that was not reset by the opening does not know that there is a new hub: it is asked to say HELLO. */
  #ask(link: Link, ms: number, watched: Watched): void {
    watched.ask = this.#parts.clock.after(ms, () => {
      if (watched.link !== link || link.counters.framesIn > 0) return;
      link.send({ type: 'ERROR', code: 'hello-required', text: '', detail: null });
      this.#ask(link, ASK_AGAIN_MS, watched);
    });
  }

  #failed(path: string, watched: Watched, error: Error): void {
    watched.waitMs = watched.waitMs === 0 ? RETRY_MS.first : Math.min(RETRY_MS.longest, watched.waitMs * 2);
    watched.notBefore = this.#parts.clock.now() + watched.waitMs;
    if (watched.said === error.message) return;
    watched.said = error.message;
    const code = error instanceof PaddlewireError ? error.code : 'port-open-failed';
    this.#parts.log(code, { port: path, text: error.message });
  }
}

/** The paths that a pattern stands for now; `*` may be in the last part only. */
function expand(pattern: string): string[] {
  const folder = dirname(pattern);
  const parts = basename(pattern).split('*');
  const escaped = parts.map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const matcher = new RegExp(`^${escaped.join('.*')}$`);
  try {
    return readdirSync(folder)
      .filter((name) => matcher.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
