/**
 * The lobby: takes what links bring, knows every device by its id, gives seats, and sends what concerns a device back.
 * It never trusts a device: what is wrong is counted, answered with a code and dropped.
 */
import { randomBytes } from 'node:crypto';
import type { Lab } from '../../shared/contract/api.ts';
import type { Decoded } from '../../shared/contract/codec.ts';
import {
  CONTRACT_VERSION,
  isUp,
  type DownMessage,
  type MessageOf,
  type UpMessage,
} from '../../shared/contract/messages.ts';
import { isDeviceId, type Presence } from '../../shared/contract/topics.ts';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Link, LinkHandler } from '../links/link.ts';
import type { SyncTick } from '../rooms/room-parts.ts';
import type { Room } from '../rooms/room.ts';
import type { ScoreBuffer } from '../store/score-buffer.ts';
import type { Lifetime, ScoreStore } from '../store/store.ts';
import { LabNetworks } from './lab.ts';
import { nameFor } from './names.ts';
import { Pinger } from './pinger.ts';
import { Refusals } from './refusals.ts';
import { Seating, type LeagueDoor } from './seating.ts';
import { Session } from './session.ts';
import { TrafficCount, type Traffic } from './traffic.ts';

export interface LobbyParts {
  readonly clock: Clock;
  readonly store: Pick<ScoreStore, 'lifetime' | 'deviceName'>;
  readonly buffer: ScoreBuffer;
  readonly rooms: ReadonlyMap<string, Room>;
  /** A device's presence is not what it was. */
  presence(session: Session, state: Presence): void;
  /** What a room's scoreboard says of a device is not what it was. */
  changed(room: Room): void;
  /** A device that was away for long is forgotten. */
  forgotten(session: Session): void;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
  /** Where who asks for a match of the league is paired; left out: there is none. */
  readonly league?: LeagueDoor;
}

/** How long a device may take to prove that it is still there when another claims its id, in ms. */
const PROOF_MS = 700;
/** Devices that are remembered without link and seat. */
const MAX_SESSIONS = 512;

export class Lobby implements LinkHandler {
  readonly #parts: LobbyParts;
  readonly #sessions = new Map<string, Session>();
  readonly #byLink = new Map<Link, Session>();
  readonly #proofs = new Map<Link, Cancel>();
  readonly #refusals: Refusals;
  readonly #pinger: Pinger;
  readonly #labs: LabNetworks;
  readonly #traffic = new TrafficCount();
  readonly seating: Seating;
  /** Names that who leads has given, by id: they count whatever a device says. */
  readonly givenNames = new Map<string, string>();

  constructor(parts: LobbyParts) {
    this.#parts = parts;
    this.seating = new Seating({
      rooms: parts.rooms,
      sessions: this.#sessions,
      league: parts.league,
      showPresence: (session) => this.#showPresence(session),
      changed: (room) => parts.changed(room),
      flush: () => void parts.buffer.flush(),
    });
    this.#labs = new LabNetworks(parts.clock);
    this.#pinger = new Pinger(parts.clock, (link, ping) => {
      const session = this.#byLink.get(link);
      if (session !== undefined) this.#send(session, ping);
    });
    this.#refusals = new Refusals(parts.clock, parts.log);
  }

  start(): void {
    this.#pinger.start();
  }

  /** Ends every link; their devices find the hub again when it is back. */
  stop(): void {
    this.#pinger.stop();
    for (const link of Array.from(this.#byLink.keys())) link.close('port-lost');
  }

  /** How often each code was given to a device, since the hub started. */
  get refusals(): ReadonlyMap<string, number> {
    return this.#refusals.counts;
  }

  get traffic(): Traffic {
    return this.#traffic.total(this.#byLink.keys());
  }

  get sessions(): Iterable<Session> {
    return this.#sessions.values();
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** Sends to a device, if it is there. */
  send(id: string, message: DownMessage): void {
    const session = this.#sessions.get(id);
    if (session !== undefined) this.#send(session, message);
  }

  #send(session: Session, message: DownMessage): void {
    const { link } = session;
    if (link !== null) this.#labs.pass(session, this.#labOf(session), message.type, () => link.send(message));
  }

  /** Sends a SYNC to a device, if it is there. */
  sync(id: string, sync: SyncTick): void {
    const session = this.#sessions.get(id);
    if (session !== undefined) this.#send(session, { ...sync, seq: session.lastSeq });
  }

  /** Lifetimes that are now on disk. */
  saved(lifetimes: ReadonlyMap<string, Lifetime>): void {
    for (const [id, lifetime] of lifetimes) {
      const session = this.#sessions.get(id);
      if (session === undefined) continue;
      session.lifetime = lifetime;
      session.loaded = true;
      const room = this.seating.roomOf(session);
      if (room !== undefined) this.#parts.changed(room);
    }
  }

  received(link: Link, decoded: Decoded): void {
    const session = this.#byLink.get(link);
    if (session !== undefined) session.heardAt = this.#parts.clock.now();
    this.#pinger.heard(link);
    this.#refusing(link, () => {
      if (decoded.message !== undefined && !isUp(decoded.message)) throw new PaddlewireError('direction-wrong');
      if (decoded.message?.type === 'HELLO') this.#hello(link, decoded.message);
      else if (session === undefined) throw new PaddlewireError('hello-required');
      else if (decoded.short !== undefined) {
        const input = session.restore(decoded.short, this.#parts.clock.now());
        this.#arrived(session, link, input, decoded.short.time === null);
      } else this.#arrived(session, link, decoded.message, false);
    });
  }

  /** What a device said, once the lab of its seat lets it through. @param timeless it is an INPUT that says no time */
  #arrived(session: Session, link: Link, message: UpMessage, timeless: boolean): void {
    const take = (): void => this.#dispatch(session, message, timeless);
    const lab = this.#labOf(session);
    if (lab === null) return take();
    this.#labs.pass(session, lab, message.type, () => {
      // It may be late, and its link gone or another's by then.
      if (session.link !== link) return;
      try {
        this.#refusing(link, take);
      } catch (error) {
        this.failed(link, error);
      }
    });
  }

  #refusing(link: Link, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      this.refused(link, error);
    }
  }

  #labOf(session: Session): Lab | null {
    return this.seating.roomOf(session)?.seats.of(session.id)?.lab ?? null;
  }

  refused(link: Link, error: PaddlewireError): void {
    const session = this.#byLink.get(link);
    if (session !== undefined) session.counters.refused++;
    this.#refusals.refuse(link, session?.id ?? null, error);
  }

  /** Tells a device why something became of it. Not its own fault: it is not counted. */
  tell(session: Session, error: PaddlewireError): void {
    session.link?.send({ type: 'ERROR', code: error.code, text: error.message, detail: error.detail });
  }

  failed(link: Link, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#parts.log('internal-error', { link: link.address, device: this.#byLink.get(link)?.id ?? null, text });
    link.close('internal-error');
  }

  closed(link: Link, reason: string, expected: boolean): void {
    this.#proofs.get(link)?.();
    this.#proofs.delete(link);
    this.#refusals.forget(link);
    this.#pinger.forget(link);
    const session = this.#byLink.get(link);
    if (this.#byLink.delete(link)) this.#traffic.ended(link);
    if (session === undefined || session.link !== link) return;
    this.#lose(session, reason, expected || reason === ('device-kicked' satisfies ErrorCode));
  }

  /** A device has no link any more. */
  #lose(session: Session, reason: string, expected: boolean): void {
    this.#parts.log('device-gone', { device: session.id, link: session.link?.address, reason });
    session.link = null;
    this.seating.lost(session);
    this.#parts.presence(session, expected ? 'disconnected' : 'lost');
    // Not the will but the end of the link saves the scores: a will can be missing.
    void this.#parts.buffer.flush();
  }

  #dispatch(session: Session, message: UpMessage, timeless: boolean): void {
    switch (message.type) {
      case 'HELLO':
        break;
      case 'JOIN':
        this.seating.join(session, message);
        break;
      case 'LEAVE':
        this.seating.leave(session);
        break;
      case 'INPUT':
        this.#input(session, message, timeless ? null : message.time);
        break;
      case 'COMMAND':
        this.#command(session, message);
        break;
      case 'RECORD':
        this.#record(session, message);
        break;
      case 'PONG':
        this.#pong(session, message);
        break;
      case 'REPORT':
        session.report = message;
        break;
    }
  }

  #hello(link: Link, hello: MessageOf<'HELLO'>): void {
    if (hello.version !== CONTRACT_VERSION) {
      throw new PaddlewireError('version-unsupported', `This hub speaks version ${CONTRACT_VERSION}.`, {
        version: CONTRACT_VERSION,
      });
    }
    const id = this.#idFor(link, hello);
    const other = this.#sessions.get(id)?.link;
    if (other === undefined || other === null || other === link) this.#admit(link, id, hello);
    else this.#contest(link, other, id, hello);
  }

  #idFor(link: Link, hello: MessageOf<'HELLO'>): string {
    // A board that starts anew before it could store its id is still the one it was.
    const given = hello.id === '' ? (link.deviceId ?? this.#byLink.get(link)?.id ?? null) : hello.id;
    if (given === null)
      return `${/^[a-z]{1,16}/.exec(hello.firmware)?.[0] ?? hello.kind}-${randomBytes(4).toString('hex')}`;
    if (!isDeviceId(given)) throw new PaddlewireError('id-invalid');
    if (link.deviceId !== null && link.deviceId !== given) throw new PaddlewireError('id-mismatch');
    return given;
  }

  /**
   * Two links claim one id. The elder keeps it if its device answers in time; a link whose end was missed does not. One
   * that never answers keeps it as long as its port is there.
   */
  #contest(link: Link, elder: Link, id: string, hello: MessageOf<'HELLO'>): void {
    if (this.#proofs.has(link)) return;
    const asked = this.#parts.clock.now();
    // Whatever the lab does to it: this is about who it is.
    this.#pinger.ping(elder, (ping) => elder.send(ping));
    const cancel = this.#parts.clock.after(PROOF_MS, () => {
      this.#proofs.delete(link);
      const now = this.#sessions.get(id)?.link ?? null;
      if (now !== null && now !== elder) {
        // Meanwhile a third has come: it is asked in its turn.
        this.#contest(link, now, id, hello);
        return;
      }
      const mute = elder.kind === 'serial' && !elder.answersPing;
      if (mute ? now === elder : (this.#byLink.get(elder)?.heardAt ?? 0) > asked) {
        this.refused(
          link,
          new PaddlewireError(
            'id-in-use',
            `Two devices have the id ${id}: on ${elder.address} and on ${link.address}.`,
          ),
        );
        return;
      }
      elder.close('port-silent');
      this.#admit(link, id, hello);
    });
    this.#proofs.set(link, cancel);
  }

  #admit(link: Link, id: string, hello: MessageOf<'HELLO'>): void {
    const session = this.#sessions.get(id) ?? new Session(id);
    const before = this.#byLink.get(link);
    if (before !== undefined && before !== session) this.#lose(before, 'another device is on its link', false);
    if (session.link !== null && session.link !== link) session.link.close('id-in-use');
    this.#sessions.set(id, session);
    this.#byLink.set(link, session);
    session.born(link, hello);
    session.heardAt = this.#parts.clock.now();
    this.#pinger.add(link);
    this.#prune();
    const seated = this.seating.back(session);
    void this.#welcome(session, link, hello, seated).catch((error: unknown) => this.failed(link, error));
  }

  async #welcome(session: Session, link: Link, hello: MessageOf<'HELLO'>, seated: boolean): Promise<void> {
    const { store, buffer, clock } = this.#parts;
    session.ownName = hello.name;
    const name = this.givenNames.get(session.id) ?? hello.name;
    if (name !== '') session.name = name;
    try {
      const lifetime = session.loaded ? session.lifetime : await store.lifetime(session.id);
      // What was saved meanwhile is newer than what was read.
      if (!session.loaded) session.lifetime = lifetime;
      session.loaded = true;
      if (session.name === '') session.name = (await store.deviceName(session.id)) ?? '';
    } catch (error) {
      this.#parts.log('store-failed', { device: session.id, text: (error as Error).message });
    }
    if (session.name === '') session.name = nameFor(session.id);
    buffer.device({ id: session.id, name: session.name, kind: session.kind, seenAt: clock.epoch() });
    if (session.link !== link) return;
    const { points, wins } = session.lifetime;
    link.send({
      type: 'WELCOME',
      version: CONTRACT_VERSION,
      id: session.id,
      name: session.name,
      lifetimePoints: points,
      lifetimeWins: wins,
    });
    this.#parts.presence(session, 'ready');
    if (seated) this.seating.tellSeat(session);
  }

  #showPresence(session: Session): void {
    this.#parts.presence(session, session.link === null ? (session.state ?? 'lost') : 'ready');
  }

  /** Gives a device a name that lasts; an empty one is its own again. */
  rename(session: Session, name: string): void {
    if (name === '') this.givenNames.delete(session.id);
    else this.givenNames.set(session.id, name);
    session.name = name || session.ownName || nameFor(session.id);
    const { buffer, clock } = this.#parts;
    buffer.device({ id: session.id, name: session.name, kind: session.kind, seenAt: clock.epoch() });
    this.#showPresence(session);
    const room = this.seating.roomOf(session);
    if (room !== undefined) this.#parts.changed(room);
  }

  /** @param time when it was sensed, by the device's clock; null if it does not say */
  #input(session: Session, input: MessageOf<'INPUT'>, time: number | null): void {
    const missed = session.counters.missed;
    if (!session.takeSeq(input.seq)) throw new PaddlewireError('input-stale');
    const now = this.#parts.clock.now();
    const moment = session.sensed(time, now);
    session.clockRead(input.time, now);
    session.sensedNow = { buttons: input.buttons, axis: input.axis };
    this.seating.seatedRoom(session).input(session.id, input, moment, session.counters.missed > missed);
  }

  #command(session: Session, { seq, tick, value }: MessageOf<'COMMAND'>): void {
    if (!session.takeSeq(seq)) throw new PaddlewireError('input-stale');
    const room = this.seating.seatedRoom(session);
    try {
      const moment = session.clock.moment(null, this.#parts.clock.now());
      if (room.command(session.id, value, moment, tick)) session.counters.late++;
    } catch (error) {
      if (error instanceof PaddlewireError && error.code === 'command-invalid' && room.invalid === 'disconnect')
        this.#sendAway(session, error);
      throw error;
    }
  }

  /** Its room wants nobody who says what no game takes. It is told why first: the rest comes when that is on its way. */
  #sendAway(session: Session, { code }: PaddlewireError): void {
    const { link } = session;
    this.#parts.clock.after(0, () => {
      if (session.link !== link) return;
      this.seating.unseat(session);
      link?.close(code);
    });
  }

  #record(session: Session, message: MessageOf<'RECORD'>): void {
    const { buffer, clock } = this.#parts;
    const row = { device: session.id, seq: message.seq, data: JSON.stringify(message.data), receivedAt: clock.epoch() };
    void buffer.record(row).then(() => session.link?.send({ type: 'ACK', seq: message.seq }));
  }

  #pong(session: Session, pong: MessageOf<'PONG'>): void {
    const now = this.#parts.clock.now();
    session.clockRead(pong.time, now);
    const sentAt = session.link === null ? null : this.#pinger.answered(session.link, pong.token);
    session.lostOnDevice = pong.lost;
    if (sentAt === null) return;
    session.roundTrip.add(now - sentAt);
    session.clock.exchange(sentAt, now, pong.time);
  }

  /** Forgets the devices that were away longest, so that a thousand ids cost no memory. */
  #prune(): void {
    if (this.#sessions.size <= MAX_SESSIONS) return;
    const away = [...this.#sessions.values()].filter(
      (session) => session.link === null && !this.seating.roomOf(session)?.seats.of(session.id),
    );
    for (const session of away.toSorted((a, b) => a.heardAt - b.heardAt).slice(0, this.#sessions.size - MAX_SESSIONS)) {
      this.#sessions.delete(session.id);
      for (const room of this.#parts.rooms.values()) room.forget(session.id);
      this.#parts.forgotten(session);
    }
  }
}
