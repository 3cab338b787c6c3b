/**
 * Plays on a hub with an agent in a process of its own: connects as any device does, asks for a seat or for a place in
 * the league, hands on what happens, and stops after so many matches or when its agent has failed too often.
 */
import type { DownMessage, MessageOf } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { MqttDevice } from '../client/mqtt-device.ts';
import type { AgentProcess } from './agent-process.ts';
import type { EndStats } from './agent.ts';
import { UNKNOWN_HUNG_MS } from './limits.ts';

export interface RunnerParts {
  readonly device: MqttDevice;
  /** A fresh process of the agent, not yet started. */
  readonly agent: () => AgentProcess;
  /** empty: the hub chooses. */
  readonly room: string;
  readonly side?: string;
  /** Matches until it says goodbye; null: for ever. */
  readonly games: number | null;
  /** A line for whoever looks on. */
  readonly say: (line: string) => void;
  /** A line about something that went wrong; as `say`, if left out. */
  readonly complain?: (line: string) => void;
  /** The agent is ended when it has not answered for so long. */
  readonly hungMs?: number;
}

/** An agent that failed is started again; one that keeps failing is not. */
const RESTARTS = 3;
/** Between two wishes for a seat that is not free, in ms. */
const JOIN_MS = 2000;
/** What tells of a wish that may be granted later. */
const FULL: ReadonlySet<string> = new Set(['seat-none-free', 'seat-taken', 'lobby-locked']);

export class AgentRunner {
  readonly #parts: RunnerParts;
  #agent: AgentProcess;
  #restarts = 0;
  #match: string | null = null;
  #seat = -1;
  #seen: MessageOf<'OBSERVE'> | null = null;
  #stepTimer: NodeJS.Timeout | null = null;
  #joinTimer: NodeJS.Timeout | null = null;
  /** It had a seat, and its match is over. */
  #ended = false;
  #settle: (outcome: PaddlewireError | null) => void = () => {};
  /** Matches played to their end. */
  played = 0;
  /** Matches won. */
  won = 0;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#agent = parts.agent();
  }

  /**
   * Plays until it has played enough, or is told to stop.
   * @throws PaddlewireError access-denied, id-invalid, or why its agent ended once too often
   */
  async run(stop: AbortSignal): Promise<void> {
    const { device, say } = this.#parts;
    await this.#wake();
    let leaving = false;
    const over = new Promise<PaddlewireError | null>((resolve) => {
      this.#settle = (outcome) => {
        leaving = true;
        resolve(outcome);
      };
    });
    const stopped = (): void => this.#settle(null);
    stop.addEventListener('abort', stopped);
    if (stop.aborted) stopped();
    device.onMessage((message) => this.#heard(message));
    device.onRefused((code) => this.#settle(new PaddlewireError(code)));
    device.onStatus((status) => {
      if (status !== 'searching' || leaving) return;
      say('The hub is gone; looking for it.');
      this.#agent.gone();
    });
    device.start();
    const failure = await over;
    stop.removeEventListener('abort', stopped);
    this.#forgetTimers();
    await device.stop();
    await this.#agent.stop();
    if (failure !== null) throw failure;
  }

  async #wake(): Promise<void> {
    const agent = this.#agent;
    agent.onFailure((error) => void this.#failed(agent, error));
    await agent.start();
  }

  #heard(message: DownMessage): void {
    const { say } = this.#parts;
    switch (message.type) {
      case 'WELCOME':
        say(`Welcome, ${message.name}: ${message.lifetimePoints} points and ${message.lifetimeWins} wins so far.`);
        void this.#askForPlace();
        break;
      case 'SEAT':
        this.#seated(message);
        break;
      case 'START':
        this.#begin(message.match);
        break;
      case 'OBSERVE':
        this.#seen = message;
        if (!this.#agent.busy) void this.#step();
        break;
      case 'END':
        void this.#end(message);
        break;
      case 'NOTE':
        say(message.text);
        this.#agent.message(message.text);
        break;
      case 'ERROR':
        this.#refused(message);
        break;
      default:
        break;
    }
  }

  /** Asks for a seat, if the agent wants to play; else says goodbye. */
  async #askForPlace(): Promise<void> {
    const { games, device, room, side, say } = this.#parts;
    if (this.#joinTimer !== null) clearTimeout(this.#joinTimer);
    this.#joinTimer = null;
    const ready = (games === null || this.played < games) && (await this.#agent.ready().catch(() => true));
    if (ready) {
      device.join(side ?? '', room);
      return;
    }
    device.send({ type: 'LEAVE' });
    say(`Goodbye after ${times(this.played, 'match', 'matches')}, ${this.won} of them won.`);
    this.#settle(null);
  }

  #seated({ room, side, index }: MessageOf<'SEAT'>): void {
    if (side !== '') {
      this.#seat = index;
      this.#parts.say(`You are ${side} in ${room}.`);
    } else if (this.#ended) {
      // Of the league: its match is over, and being ready for another is asking again.
      this.#ended = false;
      void this.#askForPlace();
    }
  }

  #begin(match: string): void {
    // A match that goes on after a pause is no new one.
    if (match === this.#match) return;
    this.#match = match;
    this.#seen = null;
    this.#ended = false;
    this.#parts.say(`Match ${match} begins.`);
    this.#agent.begin(match);
  }

  /** Asks for a move on the newest observation; what came while the agent thought is left out. */
  async #step(): Promise<void> {
    const seen = this.#seen;
    this.#seen = null;
    // A match without a view for this seat has nothing to be asked about.
    if (seen === null || seen.value === null) return;
    const agent = this.#agent;
    const { hungMs = UNKNOWN_HUNG_MS } = this.#parts;
    const hung = new PaddlewireError('agent-hung', `The agent has not answered for ${hungMs / 1000} s.`);
    this.#stepTimer = setTimeout(() => agent.fail(hung), hungMs);
    try {
      const value = await agent.step(seen.tick, seen.value);
      if (value !== null && this.#match !== null) this.#parts.device.command(value, seen.tick);
    } catch (error) {
      // If it ended, that is taken care of elsewhere.
      if (agent.failure === null && error instanceof PaddlewireError) this.#complain(error.code, error.message);
    }
    clearTimeout(this.#stepTimer);
    this.#stepTimer = null;
    if (agent === this.#agent && this.#seen !== null) void this.#step();
  }

  async #end({ result, winner, scores, stats: told }: MessageOf<'END'>): Promise<void> {
    const won = result === 'win';
    this.played++;
    if (won) this.won++;
    this.#match = null;
    this.#seen = null;
    this.#ended = true;
    const by = winner === '' ? '' : ` ${winner} won.`;
    this.#parts.say(`The match is over: ${result}, ${scores.join(':')}.${by}`);
    const own = typeof told === 'object' && told !== null ? told : {};
    const stats: EndStats = { ...own, result, scores, seat: this.#seat };
    await this.#agent.end(won, stats).catch(() => {});
    if (!isLeague(this.#parts.room)) await this.#perhapsLeave();
  }

  /** In a room one keeps one's seat, unless one has had enough. */
  async #perhapsLeave(): Promise<void> {
    const { games } = this.#parts;
    const enough = games !== null && this.played >= games;
    if (enough || !(await this.#agent.ready().catch(() => true))) await this.#askForPlace();
  }

  #refused({ code, text }: MessageOf<'ERROR'>): void {
    this.#complain(code, text);
    if (FULL.has(code)) this.#joinTimer ??= setTimeout(() => void this.#askForPlace(), JOIN_MS);
  }

  #trouble(line: string): void {
    (this.#parts.complain ?? this.#parts.say)(line);
  }

  #complain(code: string, text: string): void {
    this.#trouble(`${text} (${code})`);
    this.#agent.error(`${text} (${code})`);
  }

  /** Another process takes its place in the same match: its seat is kept, its memory is not. */
  async #failed(agent: AgentProcess, error: PaddlewireError): Promise<void> {
    if (agent !== this.#agent) return;
    if (this.#stepTimer !== null) clearTimeout(this.#stepTimer);
    this.#trouble(`${error.message} (${error.code})`);
    if (this.#restarts >= RESTARTS) {
      this.#settle(error);
      return;
    }
    this.#restarts++;
    this.#trouble(`It is started again, ${this.#restarts} of ${RESTARTS} times.`);
    this.#agent = this.#parts.agent();
    try {
      await this.#wake();
      if (this.#match !== null) this.#agent.begin(this.#match);
    } catch (again) {
      this.#settle(again as PaddlewireError);
    }
  }

  #forgetTimers(): void {
    if (this.#stepTimer !== null) clearTimeout(this.#stepTimer);
    if (this.#joinTimer !== null) clearTimeout(this.#joinTimer);
  }
}

/** `league`, or `league:GAME`: there a seat is taken away after each match. */
const isLeague = (room: string): boolean => /^league(:|$)/.test(room);

const times = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
