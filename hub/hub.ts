/** The composition root: builds the hub's parts, connects them, starts and stops them in order. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Begins } from '../shared/contract/api.ts';
import type { DownMessage } from '../shared/contract/messages.ts';
import { CHOICES_TALLY_TOPIC, topics } from '../shared/contract/topics.ts';
import { PaddlewireError, type ErrorCode } from '../shared/errors.ts';
import { botFor } from '../shared/games/bots.ts';
import { gameNamed, type AnyGame } from '../shared/games/registry.ts';
import { packageVersion } from './version.ts';
import { deviceHandlers } from './api/device-handlers.ts';
import { routesOf } from './api/handlers.ts';
import { hubHandlers } from './api/hub-handlers.ts';
import { leagueAdminHandlers } from './api/league-admin-handlers.ts';
import { leagueHandlers } from './api/league-handlers.ts';
import { matchHandlers } from './api/match-handlers.ts';
import { roomHandlers } from './api/room-handlers.ts';
import { tournamentHandlers } from './api/tournament-handlers.ts';
import { Access, freshSecret, type AccessMode } from './broker/access.ts';
import { Broker } from './broker/broker.ts';
import { Tries } from './broker/tries.ts';
import { systemClock, type Cancel, type Clock } from './clock.ts';
import { group, type Config } from './config/config.ts';
import { LEAGUE_GAMES } from './config/schema.ts';
import { Updater } from './flash/updater.ts';
import type { Unfinished } from './journal/journal-folder.ts';
import { Health } from './health/health.ts';
import { Journals } from './journal/journals.ts';
import { momentOf } from './journal/moment.ts';
import { recover } from './journal/recover.ts';
import { HttpServer } from './http/server.ts';
import { Hall } from './league/hall.ts';
import { keyCheck } from './league/key-check.ts';
import { League, type LeagueSettings } from './league/league.ts';
import { Passwords } from './league/passwords.ts';
import { isSession } from './league/secrets.ts';
import { Bots } from './links/bot/bots.ts';
import { openTrouble } from './links/serial/port-trouble.ts';
import { SerialPorts, type ListPorts, type LocalDevices, type PortStatus } from './links/serial/serial-ports.ts';
import { Badges } from './lobby/badge.ts';
import { ChoicesTally } from './lobby/choices.ts';
import { TeachersHand } from './lobby/hand.ts';
import { Lobby } from './lobby/lobby.ts';
import { Pages } from './lobby/pages.ts';
import { scoreboard } from './lobby/scoreboard.ts';
import type { Log } from './log.ts';
import type { InvalidPolicy } from './rooms/invalid-policy.ts';
import type { LostPolicy } from './rooms/lost-policy.ts';
import type { MatchResult, RoomOutput } from './rooms/room-parts.ts';
import type { Room } from './rooms/room.ts';
import { MAX_ROOMS, Rooms, type RoomSpec } from './rooms/rooms.ts';
import type { Ticker } from './rooms/ticker.ts';
import { Kept } from './store/kept.ts';
import { ScoreBuffer } from './store/score-buffer.ts';
import type { LeagueStore } from './store/league-store.ts';
import { leagueStore } from './store/sqlite-league-store.ts';
import { SqliteScoreStore } from './store/sqlite-score-store.ts';
import type { ScoreExport, ScoreStore } from './store/store.ts';

export interface HubParts {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  readonly stores?: { readonly scores: ScoreStore; readonly league: LeagueStore };
  /** Makes the software that speaks for boards of other dialects; see device/johnny-five and device/text-lines. */
  readonly devices: LocalDevices;
  /** What USB tells of serial ports; by serialport when left out. */
  readonly listPorts?: ListPorts;
  /** A seed for each match; by chance when left out. */
  readonly seed?: () => number;
  /** What a password costs whoever guesses; see hub/league/passwords. */
  readonly passwords?: Passwords;
  /** A match has ended in a room, and that is on disk. */
  readonly ended?: (room: string, result: MatchResult) => void;
}

/** Where the hub can be reached. */
export interface HubAddress {
  readonly host: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  /** The PIN or token that players need; null when open. */
  readonly secret: string | null;
}

const HEALTH_MS = 1000;

function sqliteStores(folder: string): { readonly scores: ScoreStore; readonly league: LeagueStore } {
  const scores = new SqliteScoreStore(folder);
  return { scores, league: leagueStore((ask) => scores.league(ask)) };
}

const freshSeed = (): number => randomInt(0x1_0000_0000);

export class Hub {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #store: ScoreStore;
  readonly #broker: Broker;
  readonly #http: HttpServer;
  readonly #choices: ChoicesTally;
  readonly #secret: string | null;
  readonly #journals: Journals;
  readonly #log: Log;
  readonly #ended: NonNullable<HubParts['ended']>;
  readonly #pages: Pages;
  readonly #updater: Updater;
  #address = { host: '', httpPort: 0 };
  #cancelHealth: Cancel | null = null;
  #trouble: ErrorCode | null = null;
  readonly serial: SerialPorts;
  readonly #rooms: Rooms;
  readonly #kept: Kept;
  readonly #bots: Bots;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly lobby: Lobby;
  readonly league: League;
  readonly buffer: ScoreBuffer;
  readonly health: Health;
  /** How often each code was given to an MQTT client before or beside the lobby. */
  readonly refusals = new Map<string, number>();

  constructor(parts: HubParts) {
    const { config, log, clock = systemClock, stores, devices, listPorts, seed = freshSeed, ended } = parts;
    this.#config = config;
    this.#clock = clock;
    this.#log = log;
    this.#ended = ended ?? (() => {});
    const { scores, league: leagueBooks } = stores ?? sqliteStores(this.#text('data'));
    this.#store = scores;
    this.#journals = new Journals({
      folder: join(this.#text('data'), 'journals'),
      clock,
      limits: {
        days: this.#number('journal.days'),
        files: this.#number('journal.files'),
        megabytes: this.#number('journal.megabytes'),
      },
      log,
    });
    this.buffer = new ScoreBuffer({
      store: {
        save: async (batch) => {
          // A point is acknowledged when it can be replayed too.
          await this.#journals.sync();
          return this.#store.save(batch);
        },
      },
      clock,
      commitMs: this.#number('store.commitMs'),
      capacity: this.#number('store.capacity'),
      onSaved: (lifetimes) => this.lobby.saved(lifetimes),
      onTrouble: (error) => {
        this.#trouble = error?.code ?? null;
        log(error?.code ?? 'store-works-again', { text: error?.message ?? '' });
      },
    });
    this.#kept = new Kept(this.#store);
    this.#rooms = new Rooms({
      clock,
      settings: {
        rate: this.#number('rooms.rate'),
        invalid: config['rooms.invalid'] as InvalidPolicy,
        graceMs: this.#number('rooms.graceMs'),
        countdownMs: this.#number('rooms.countdownMs'),
        resumeMs: this.#number('rooms.resumeMs'),
        restartMs: this.#number('rooms.restartMs'),
      },
      parts: (name) => ({
        seed,
        book: this.buffer,
        journal: (match) => (this.#keepsJournals ? this.#journals.file(match) : null),
        kindOf: (device) => this.lobby.session(device)?.kind ?? '',
        out: this.#output(name),
      }),
    });
    this.rooms = this.#rooms.byName;
    this.league = new League({
      clock,
      store: leagueBooks,
      passwords: parts.passwords ?? new Passwords(),
      settings: group(config, 'league') as unknown as LeagueSettings,
      games: LEAGUE_GAMES,
      hall: new Hall({
        rooms: this.#rooms,
        lobby: () => this.lobby,
        bots: () => this.#bots,
        spec: (game) => ({
          parameters: group(config, game.name),
          policy: config['league.disconnect'] as LostPolicy,
          once: true,
          timing: { countdownMs: this.#number('league.countdownMs'), graceMs: this.#number('league.graceMs') },
        }),
        closed: (room) => this.#pages.closed(room),
      }),
      revoked: (user, token) => this.#broker.revoke(user, token),
      log,
    });
    const configured = (config['rooms.names'] as readonly string[]).map((entry) => this.#configured(entry));
    for (const spec of configured) this.#rooms.open(spec);
    this.#pages = new Pages({
      rooms: this.rooms,
      lobby: () => this.lobby,
      publish: (topic, page, options) => this.#broker.publish(topic, page, options),
    });
    this.lobby = new Lobby({
      clock,
      store: this.#store,
      buffer: this.buffer,
      rooms: this.rooms,
      presence: (session, state) => this.#pages.presence(session, state),
      changed: (room) => this.#pages.changed(room),
      forgotten: (session) => this.#pages.forgotten(session),
      league: this.league,
      log,
    });
    const mode = config['access.mode'] as AccessMode;
    this.#secret = mode === 'open' ? null : this.#text('access.secret') || freshSecret(mode);
    this.#choices = new ChoicesTally({
      store: this.#store,
      buffer: this.buffer,
      publish: (tally) => this.#broker.publish(CHOICES_TALLY_TOPIC, JSON.stringify(tally), { retain: true }),
    });
    this.#broker = new Broker({
      clock,
      access: new Access(mode, this.#secret ?? '', clock, this.league.accounts),
      claim: (device, user) => this.league.accounts.claim(device, user),
      handler: this.lobby,
      maxRate: this.#number('mqtt.maxRate'),
      choices: (payload) => this.#choices.received(payload),
      presence: (id, link, payload) => this.#pages.presenceOf(id, link, payload),
      log,
      refused: (code) => void this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1),
    });
    this.serial = new SerialPorts({
      clock,
      handler: this.lobby,
      ports: config['serial.ports'] as readonly string[],
      maxBaud: this.#number('serial.maxBaud'),
      devices,
      ...(listPorts !== undefined && { list: listPorts }),
      log,
    });
    this.#updater = new Updater({
      clock,
      borrow: (path) => this.serial.borrow(path),
      explain: openTrouble,
      log,
    });
    this.#bots = new Bots(() => this.lobby, freshSeed);
    const hand = new TeachersHand(this.lobby);
    const badges = new Badges({
      updateFor: (firmware) => this.#updater.offer(firmware),
      isBanned: (device) => this.lobby.seating.banned.has(device),
    });
    this.health = new Health({
      clock,
      version: packageVersion(),
      dataFolder: this.#text('data'),
      rooms: this.#rooms,
      lobby: this.lobby,
      badges,
      buffer: this.buffer,
      journals: this.#journals,
      clients: () => this.#broker.clients,
      ports: () => this.ports,
      trouble: () => this.#trouble,
      refusals: this.refusals,
    });
    const teacher = new Access('token', this.#text('access.teacher'), clock);
    this.#http = new HttpServer({
      routes: routesOf({
        ...hubHandlers({
          secret: this.#secret,
          address: () => this.#address,
          health: this.health,
          scores: () => this.scores(),
          ports: () => this.ports,
          lobby: this.lobby,
          rooms: this.#rooms,
        }),
        ...roomHandlers({
          rooms: this.#rooms,
          hand,
          bots: this.#bots,
          kept: this.#kept,
          configured: new Set(configured.map(({ name }) => name)),
          policy: config['rooms.lost'] as LostPolicy,
          begins: config['rooms.begins'] as Begins,
          defaults: (game) => group(config, game),
          closed: (name) => this.#pages.closed(name),
          scoreboard: (room) => scoreboard(room, this.lobby),
          fork: (room, match, tick) => this.#fork(room, match, tick),
          league: this.league,
        }),
        ...leagueHandlers({
          league: this.league,
          store: leagueBooks,
          clock,
          ...keyCheck({ league: this.#text('league.key'), pin: this.#secret ?? '' }, new Tries(clock)),
          tries: new Tries(clock),
          journals: () => this.#journals.stars(),
        }),
        ...leagueAdminHandlers(this.league),
        ...tournamentHandlers(this.league),
        ...matchHandlers({ store: this.#store, journals: this.#journals, epoch: () => clock.epoch() }),
        ...deviceHandlers({
          lobby: this.lobby,
          hand,
          rooms: this.rooms,
          kept: this.#kept,
          badges: () => badges.of(this.lobby.sessions),
          update: (path) => this.#updater.update(path),
        }),
      }),
      leads: (password, address) => teacher.grant(password, address) === 'play',
      isSession,
      upgrade: (request, socket, head) => this.#broker.upgrade(request, socket, head),
      log,
    });
  }

  /** @throws PaddlewireError data-folder-unwritable, data-in-use, port-in-use; nothing is left running then */
  async start(): Promise<HubAddress> {
    const host = this.#text('host');
    try {
      await this.#store.start();
      await this.#restoreKept();
      await this.league.load();
      await this.#rooms.rehearse();
      if (this.#keepsJournals) await this.#recover(await this.#journals.start());
      const mqttPort = await this.#broker.start(host, this.#number('mqtt.port'));
      const httpPort = await this.#http.start(host, this.#number('http.port'));
      this.#address = { host, httpPort };
      await this.#choices.start();
      this.#rooms.start();
      this.lobby.start();
      this.league.start();
      await this.#restoreBots();
      this.serial.start();
      for (const room of this.rooms.values()) this.#pages.changed(room);
      this.health.start();
      this.#publishHealth();
      return { host, httpPort, mqttPort, secret: this.#secret };
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends matches, writes what is not yet on disk, and lets every device go. @throws PaddlewireError store-failed */
  async stop(): Promise<void> {
    this.#cancelHealth?.();
    this.#cancelHealth = null;
    this.#rooms.stop();
    this.health.stop();
    this.serial.stop();
    this.league.stop();
    this.lobby.stop();
    for (const room of this.rooms.values()) void room.close();
    // First nothing more may come in, then what is left is written.
    await this.#broker.stop();
    await this.#http.stop();
    await this.#updater.stop();
    try {
      await this.buffer.drain();
    } finally {
      await this.#journals.stop();
      await this.#store.stop();
    }
  }

  get tickers(): readonly Ticker[] {
    return this.#rooms.tickers;
  }

  /** What is known of every serial port that is there. */
  get ports(): readonly PortStatus[] {
    return this.serial.ports();
  }

  /** Lifetime scores, as `paddlewire scores --json` prints them. */
  scores(): Promise<ScoreExport> {
    return this.#store.export();
  }

  get #keepsJournals(): boolean {
    return this.#config['journal.keep'] === 'on';
  }

  /** Goes on with the newest match of each room that was not finished. Older ones stay as they are. */
  async #recover(unfinished: readonly Unfinished[]): Promise<void> {
    const done = new Set<Room>();
    for (const one of unfinished) {
      const saved = recover(one);
      const room = 'reason' in saved ? undefined : this.rooms.get(saved.header.about['room'] as string);
      if ('reason' in saved || room === undefined || done.has(room) || !room.fits(saved)) {
        this.#journals.abandon(one.id);
        const reason = 'reason' in saved ? saved.reason : 'no room plays it any more';
        this.#log('match-not-recovered', { match: one.id, reason });
        continue;
      }
      await this.#journals.cut(saved.id, saved.soFar.written.bytes);
      room.restore(saved);
      done.add(room);
      this.#log('match-recovered', { match: saved.id, tick: saved.soFar.tick });
    }
  }

  /** @throws PaddlewireError match-unknown, players-missing, journal-tick-missing and the others of a journal */
  async #fork(room: Room, match: string, tick: number): Promise<void> {
    const bytes = await this.#journals.read(match);
    if (bytes === null) throw new PaddlewireError('match-unknown');
    const from = momentOf(match, bytes, tick);
    if (!room.fits(from))
      throw new PaddlewireError('match-unknown', `${room.name} plays another game, or at another rate.`);
    room.fork(from);
  }

  /** @param entry of rooms.names: the room, and after a colon its game */
  #configured(entry: string): RoomSpec {
    const [name = '', gameName = 'pong'] = entry.split(':');
    const game = gameNamed(gameName) as AnyGame;
    return {
      name,
      game,
      parameters: group(this.#config, gameName),
      policy: this.#config['rooms.lost'] as LostPolicy,
      begins: this.#config['rooms.begins'] as Begins,
    };
  }

  /** What was set over HTTP before the hub was started anew. */
  async #restoreKept(): Promise<void> {
    for (const id of (await this.#kept.all('ban')).keys()) this.lobby.seating.banned.add(id);
    for (const [id, name] of await this.#kept.all('name')) this.lobby.givenNames.set(id, name);
    for (const [name, { game, parameters, policy, begins }] of await this.#kept.all('room')) {
      const known = gameNamed(game);
      const fits = known !== undefined && !this.rooms.has(name) && this.rooms.size < MAX_ROOMS;
      if (fits)
        this.#rooms.open({ name, game: known, parameters, policy: policy as LostPolicy, begins: begins as Begins });
    }
  }

  /** Bots come when all else is there, as any device does. */
  async #restoreBots(): Promise<void> {
    for (const [room, count] of await this.#kept.all('bots')) {
      const bot = botFor(this.#rooms.spec(room)?.game.name ?? '');
      if (bot !== undefined) this.#bots.bring(room, bot, count);
    }
  }

  #output(name: string): RoomOutput {
    return {
      state: (bytes) => this.#broker.publishState(topics.state(name), bytes),
      event: (event) => this.#broker.publish(topics.events(name), JSON.stringify(event)),
      changed: () => this.#changed(name),
      toDevice: (device: string, message: DownMessage) => this.lobby.send(device, message),
      sync: (device, sync) => this.lobby.sync(device, sync),
      ended: (result) => {
        this.league.ended(name, result);
        this.#ended(name, result);
      },
    };
  }

  #changed(name: string): void {
    const room = this.rooms.get(name);
    if (room !== undefined) this.#pages.changed(room);
    this.league.changed(name);
  }

  #publishHealth(): void {
    this.health.sample();
    this.#broker.publish(topics.health, JSON.stringify(this.health.page()), { retain: true });
    this.#cancelHealth = this.#clock.after(HEALTH_MS, () => this.#publishHealth());
  }

  #text(key: keyof Config): string {
    return this.#config[key] as string;
  }

  #number(key: keyof Config): number {
    return this.#config[key] as number;
  }
}
