/**
 * A match of Pong over a bad network, in virtual time: a hub that steps the rules 60 times a second and tells SYNC each
 * tick, a bot on the hub's side, and a terminal whose bot plays what it sees there. What is drawn is kept beside what
 * was true.
 */
import type { MessageOf } from '../../../shared/contract/messages.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { botButtons } from '../../../shared/games/pong/bot.ts';
import type { PongCommand } from '../../../shared/games/pong/command.ts';
import type { PongObservation } from '../../../shared/games/pong/observe.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { InputRepeat } from '../../../shared/netcode/input-repeat.ts';
import { PongPicture, viewBetween, viewOf } from '../../../shared/netcode/pong-picture.ts';
import { Predictor, type Frame } from '../../../shared/netcode/predictor.ts';
import { Random } from '../../support/random.ts';

export const RATE = 60;
const TICK_MS = 1000 / RATE;
/** The terminal's frames are not the hub's ticks. */
const FRAME_PHASE_MS = 5.3;
export const OWN = 0;
const OTHER = 1;

export interface Network {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
}

export interface Shot {
  /** Local time in ticks, and in ms. */
  readonly tick: number;
  readonly at: number;
  readonly drawn: PongView;
  /** The ball of the newest SYNC, as a terminal without prediction draws it. */
  readonly newest: PongView['ball'];
  readonly newestScores: readonly number[];
  /** Whether a correction came since the last frame that changed the flight of the ball. */
  readonly bounced: boolean;
  readonly silent: boolean;
  /** The buttons that changed in this frame: the next one has to show it. */
  readonly pressed: number | null;
  readonly frame: Frame<PongState>;
}

export interface Played {
  readonly shots: readonly Shot[];
  /** The hub's states by tick. */
  readonly truth: readonly PongState[];
}

export interface LossyMatch {
  readonly seed: number;
  readonly seconds: number;
  readonly network: Network;
  /** The hub hears and says nothing from this ms to that. */
  readonly silence?: readonly [from: number, until: number];
  readonly parameters?: Readonly<Record<string, number>>;
}

type Queue<T> = { readonly at: number; readonly message: T }[];

export function playLossyMatch(options: LossyMatch): Played {
  const match = new Match(options);
  const until = options.seconds * 1000;
  let tick = 1;
  let frame = 1;
  while (Math.max(tick * TICK_MS, frame * TICK_MS) < until) {
    if (tick * TICK_MS <= frame * TICK_MS + FRAME_PHASE_MS) match.tick(tick++ * TICK_MS);
    else match.draw(frame++ * TICK_MS + FRAME_PHASE_MS);
  }
  return { shots: match.shots, truth: match.truth };
}

class Match {
  readonly shots: Shot[] = [];
  readonly truth: PongState[];
  readonly #options: LossyMatch;
  readonly #random: Random;
  readonly #predictor: Predictor<PongState, PongCommand, typeof pong.parameters>;
  readonly #picture: PongPicture;
  readonly #repeat = new InputRepeat();
  readonly #up: Queue<{ seq: number; buttons: number }> = [];
  readonly #down: Queue<MessageOf<'SYNC'>> = [];
  #newest: PongState;
  #command: PongCommand | null = null;
  #counted = 0;
  #seq = 0;
  #buttons = 0;

  constructor(options: LossyMatch) {
    this.#options = options;
    this.#random = new Random(options.seed);
    const parameters = withDefaults(pong.parameters, { target: 99, ...options.parameters });
    this.#predictor = new Predictor({ game: pong, parameters, rate: RATE, seat: OWN });
    let state = pong.initial(parameters, options.seed, RATE);
    for (const seat of [OWN, OTHER]) state = pong.join(state, seat);
    this.#newest = state;
    this.#picture = new PongPicture(state.court, OWN);
    this.truth = [state];
  }

  /** A tick of the hub. */
  tick(now: number): void {
    for (const { seq, buttons } of arrived(this.#up, now)) {
      if (seq <= this.#counted) continue;
      this.#counted = seq;
      this.#command = pong.command({ buttons, axis: null }, OWN);
    }
    const before = this.truth.at(-1)!;
    const other = pong.command({ buttons: botSees(before, OTHER), axis: null }, OTHER);
    const commands = [this.#command, other, null, null];
    const events: GameEvent[] = [];
    const state = pong.step(before, commands, events);
    this.truth.push(state);
    const { court: _, ...told } = state;
    const tick = this.truth.length - 1;
    this.#send(this.#down, { type: 'SYNC', tick, seq: this.#counted, commands, state: told }, now);
  }

  /** A frame of the terminal. */
  draw(now: number): void {
    for (const sync of arrived(this.#down, now)) {
      if (!this.#predictor.take(sync, now)) continue;
      this.#repeat.counted(sync.seq);
      this.#newest = this.#predictor.truth!.state;
    }
    const frame = this.#predictor.frame(now);
    if (frame === null) return;
    const drawn = this.#picture.draw(frame, this.#newest, now);
    const buttons = botSees(frame.before, OWN);
    const changed = buttons !== this.#buttons;
    if (changed || this.#repeat.due(now)) {
      this.#buttons = buttons;
      const seq = ++this.#seq;
      this.#repeat.sent(seq, changed, now);
      this.#predictor.input(seq, { buttons, axis: null }, now);
      this.#send(this.#up, { seq, buttons }, now);
    }
    this.shots.push({
      tick: frame.tick + frame.part,
      at: now,
      drawn,
      newest: viewOf(this.#newest).ball,
      newestScores: this.#newest.scores,
      bounced: this.#flightChanged(frame),
      silent: this.#predictor.silent(now),
      pressed: changed ? buttons : null,
      frame,
    });
  }

  /** Whether the ball flies otherwise than was believed until now. */
  #flightChanged({ before, expected }: Frame<PongState>): boolean {
    return expected !== null && String(before.ball.velocity) !== String(expected.before.ball.velocity);
  }

  #send<T>(queue: Queue<T>, message: T, now: number): void {
    const { network, silence = [Infinity, Infinity] } = this.#options;
    const lost = this.#random.below(100) < network.lossPercent;
    const spread = network.jitterMs === 0 ? 0 : this.#random.below(2000 * network.jitterMs) / 1000 - network.jitterMs;
    if (lost || (now >= silence[0] && now < silence[1])) return;
    queue.push({ at: now + network.delayMs + spread, message });
  }
}

/** Takes out what has arrived, in the order of arrival. */
function arrived<T>(queue: Queue<T>, now: number): T[] {
  const there = queue.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
  queue.splice(0, queue.length, ...queue.filter(({ at }) => at > now));
  return there.map(({ message }) => message);
}

const botSees = (state: PongState, seat: number): number => botButtons(pong.observe(state, seat) as PongObservation);

/** Where the ball truly was at a local time; null where that lies outside of what was played. */
export function trueBall(truth: readonly PongState[], tick: number): PongView['ball'] | null {
  const [before, after] = [truth[Math.floor(tick)], truth[Math.floor(tick) + 1]];
  if (before === undefined || after === undefined) return null;
  return viewBetween({ tick: Math.floor(tick), before, after }, tick - Math.floor(tick)).ball;
}
