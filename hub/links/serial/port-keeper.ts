/**
 * Keeps one port: opens it, finds out who is on it, makes the link, opens it again when it was lost, and knows what is
 * wrong. Waits longer after each failure and says each reason once.
 */
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Link, LinkHandler } from '../link.ts';
import { BAUD, type Dialect } from './dialects.ts';
import { findDialect } from './find-dialect.ts';
import { openLine, type Line } from './line.ts';
import { LocalLink, type LocalDevice } from './local-link.ts';
import { floodTrouble, openTrouble, restartTrouble, unknownTrouble, type Trouble } from './port-trouble.ts';
import { RestartWatch } from './restart-watch.ts';
import { SerialLink } from './serial-link.ts';
import type { UsbInfo, UsbPorts } from './usb-info.ts';

/** Makes the software that speaks for boards which do not speak the contract. The line stays the caller's. */
export type LocalDevices = Readonly<
  Record<Exclude<Dialect, 'paddlewire'>, (line: Line, identity: string) => Promise<LocalDevice>>
>;

export interface KeeperParts {
  readonly clock: Clock;
  readonly handler: LinkHandler;
  readonly devices: LocalDevices;
  readonly usb: UsbPorts;
  readonly maxBaud: number;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

/** What is known of a port, for people. */
export interface PortStatus {
  readonly path: string;
  readonly usb: UsbInfo | null;
  /** Null: not found out yet. */
  readonly dialect: Dialect | null;
  /** Id of the device on it; null while none is welcome. */
  readonly device: string | null;
  readonly trouble: Trouble | null;
  /** The rate of the line now; null while it is not open. */
  readonly baud: number | null;
}

const RETRY_MS = { first: 250, longest: 4000 };
/** For a board that was not reset by the opening and does not know that there is a new hub. */
const ASK_AFTER_MS = 500;
const ASK_AGAIN_MS = 1000;
/** What makes a port that hung up unseen say so, and is nothing to whoever is there, by dialect. */
const POKE: Readonly<Record<Dialect, number>> = { paddlewire: 0, firmata: 0xf7, text: 0x0a };

export class PortKeeper {
  readonly path: string;
  readonly #forced: Dialect | null;
  readonly #parts: KeeperParts;
  readonly #restarts = new RestartWatch();
  readonly #said = new Set<string>();
  #line: Line | null = null;
  #dialect: Dialect | null = null;
  #link: Link | null = null;
  #device: string | null = null;
  #trouble: Trouble | null = null;
  /** The device that is being spoken to for the first time. */
  #greeting: LocalDevice | null = null;
  #ask: Cancel | null = null;
  /** Settles when an opening that is under way has ended. */
  #opening: Promise<void> | null = null;
  #borrowed = 0;
  #gone = false;
  #notBefore = 0;
  #waitMs = 0;

  /** @param forced the dialect that is spoken there; null: to be found out */
  constructor(path: string, forced: Dialect | null, parts: KeeperParts) {
    this.path = path;
    this.#forced = forced;
    this.#parts = parts;
  }

  get idle(): boolean {
    return this.#line === null && this.#opening === null && this.#borrowed === 0;
  }

  get status(): PortStatus {
    const { path } = this;
    return {
      path,
      usb: this.#parts.usb.of(path),
      dialect: this.#dialect,
      device: this.#device,
      trouble: this.#currentTrouble,
      baud: this.#line?.baudRate ?? null,
    };
  }

  /** Its path is there. Opens the port if it is time. */
  look(): void {
    this.#gone = false;
    if (!this.idle || this.#parts.clock.now() < this.#notBefore) return;
    this.#opening = this.#open().finally(() => (this.#opening = null));
  }

  /** Its path has just come anew: no reason to wait. */
  appeared(): void {
    this.#notBefore = 0;
  }

  /**
   * Its path is gone. A hang-up that serialport has missed shows when something is written; a port that is still there
   * the next time has another path now, under which it will be opened.
   */
  vanished(): void {
    if (this.#gone) void this.close();
    else this.#line?.write(Uint8Array.of(POKE[this.#dialect ?? 'paddlewire']));
    this.#gone = true;
  }

  /** Ends the link. @returns when others may open the port */
  async close(): Promise<void> {
    const line = this.#line;
    this.#link?.close('port-lost');
    this.#greeting?.close();
    await Promise.all([line?.close(), this.#opening]);
  }

  /** Closes the port and leaves it alone until the function that it gives is called. */
  async borrow(): Promise<() => void> {
    this.#borrowed++;
    // An opening that is under way sees it when it is done.
    while (this.#line !== null || this.#opening !== null) await this.close();
    let lent = true;
    return () => {
      if (lent) this.#borrowed--;
      lent = false;
      this.#notBefore = 0;
    };
  }

  async #open(): Promise<void> {
    const { clock, usb } = this.#parts;
    const read = usb.refresh();
    try {
      const line = await openLine(this.path, BAUD[this.#forced ?? 'paddlewire'], clock);
      this.#begin(line);
      if (this.#borrowed > 0) throw new PaddlewireError('port-lost');
      const dialect = this.#forced ?? (await findDialect(line, clock, ({ heard }) => this.#unknown(heard)));
      await this.#speak(line, dialect, read);
    } catch (error) {
      void this.#line?.close();
      this.#failed(error as Error);
    }
  }

  #begin(line: Line): void {
    this.#line = line;
    this.#restarts.opened(this.#parts.clock.now());
    line.on('close', () => {
      this.#line = null;
      this.#dialect = null;
    });
    line.onFlood = () => {
      if (line.flooding) this.#complain(floodTrouble(this.path));
      else this.#solved('port-flooding');
    };
    if (this.#trouble?.code !== 'dialect-unknown' && this.#trouble?.code !== 'port-silent') this.#trouble = null;
  }

  async #speak(line: Line, dialect: Dialect, usbRead: Promise<void>): Promise<void> {
    // Text is spoken at the rate at which it was found.
    if (dialect !== 'text' && line.baudRate !== BAUD[dialect]) await line.setBaud(BAUD[dialect]);
    if (line.ended) throw new PaddlewireError('port-lost');
    this.#dialect = dialect;
    this.#trouble = line.flooding ? this.#trouble : null;
    const link = dialect === 'paddlewire' ? this.#framed(line) : await this.#local(line, dialect, usbRead);
    if (line.ended) throw new PaddlewireError('port-lost');
    this.#waitMs = 0;
    this.#said.clear();
    this.#link = link;
    if (dialect === 'paddlewire') this.#askFor(link, ASK_AFTER_MS);
  }

  #framed(line: Line): Link {
    const { clock, maxBaud } = this.#parts;
    return new SerialLink({ line, handler: this.#handler(), clock, maxBaud, sent: (message) => this.#sent(message) });
  }

  async #local(line: Line, dialect: Exclude<Dialect, 'paddlewire'>, usbRead: Promise<void>): Promise<Link> {
    const { devices, usb } = this.#parts;
    await usbRead;
    const device = await devices[dialect](line, usb.identity(this.path));
    if (line.ended) throw new PaddlewireError('port-lost');
    device.onClose(() => void line.close());
    const link = new LocalLink(this.path, device, this.#handler(), (message) => this.#sent(message));
    this.#greeting = device;
    try {
      await device.start();
    } finally {
      this.#greeting = null;
    }
    return link;
  }

  /** What the hub tells a device of itself is known here too. */
  #sent(message: DownMessage): void {
    if (message.type === 'WELCOME') {
      this.#device = message.id;
      this.#solved('id-in-use');
    } else if (message.type === 'ERROR' && message.code === 'id-in-use') {
      this.#trouble = { code: 'id-in-use', text: message.text };
    }
  }

  /** The lobby, but a link that ends is forgotten first, so that its port is opened again. */
  #handler(): LinkHandler {
    const { handler, clock } = this.#parts;
    return {
      received: (link, decoded) => {
        if (decoded.message?.type === 'HELLO') this.#started(decoded.message.restarts);
        handler.received(link, decoded);
      },
      refused: (link, error) => handler.refused(link, error),
      failed: (link, error) => handler.failed(link, error),
      closed: (link, reason, expected) => {
        this.#link = null;
        this.#device = null;
        this.#ask?.();
        this.#notBefore = clock.now() + RETRY_MS.first;
        handler.closed(link, reason, expected);
      },
    };
  }

  #started(restarts: number): void {
    const now = this.#parts.clock.now();
    this.#restarts.hello(restarts, now);
    const times = this.#restarts.trouble(now);
    if (times !== null && this.#trouble?.code !== 'board-restarts') this.#complain(restartTrouble(this.path, times));
  }

  #askFor(link: Link, ms: number): void {
    this.#ask = this.#parts.clock.after(ms, () => {
      if (this.#link !== link || link.counters.framesIn > 0) return;
      link.send({ type: 'ERROR', code: 'hello-required', text: '', detail: null });
      this.#askFor(link, ASK_AGAIN_MS);
    });
  }

  #unknown(heard: Parameters<typeof unknownTrouble>[1]): void {
    if (this.#line?.flooding === true) return;
    this.#complain(unknownTrouble(this.path, heard));
  }

  #failed(error: Error): void {
    this.#waitMs = this.#waitMs === 0 ? RETRY_MS.first : Math.min(RETRY_MS.longest, this.#waitMs * 2);
    this.#notBefore = this.#parts.clock.now() + this.#waitMs;
    if (this.#borrowed > 0) return;
    const trouble = openTrouble(this.path, error);
    this.#trouble = trouble;
    // A port that has just come belongs to nobody until the system has given it to its group: said if it stays so.
    const young = trouble.code === 'port-forbidden' && this.#waitMs === RETRY_MS.first;
    // One that was pulled while it was spoken to is no trouble.
    if (!young && trouble.code !== 'port-lost') this.#complain(trouble);
  }

  #complain(trouble: Trouble): void {
    this.#trouble = trouble;
    // Of a failure that has no code of its own, each text is another reason.
    const reason = trouble.code === 'port-open-failed' ? trouble.text : trouble.code;
    if (this.#said.has(reason)) return;
    this.#said.add(reason);
    this.#parts.log(trouble.code, { port: this.path, text: trouble.text });
  }

  #solved(code: Trouble['code']): void {
    if (this.#trouble?.code === code) this.#trouble = null;
  }

  get #currentTrouble(): Trouble | null {
    if (this.#trouble?.code === 'board-restarts' && this.#restarts.trouble(this.#parts.clock.now()) === null)
      this.#trouble = null;
    return this.#trouble;
  }
}
