/**
 * A room: runs matches one after another and holds the seats between them. It knows devices by id only, never their
 * links. All its time passes in `tick`, so a test can hand in any clock.
 */
import { encode } from '../../shared/contract/codec.ts';
import type { DownMessage, RoomPhase } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Game, GameEvent, Outcome, ParameterValues, Parameters, Sensed } from '../../shared/games/game.ts';
import type { Clock } from '../clock.ts';
import { Quantiles } from '../quantiles.ts';
import { bounceEffects, endEffects, pointEffects } from './effects.ts';
import { MatchBook, type ScoreBook } from './match-book.ts';
import { Seats, type Seat } from './seats.ts';

/** What becomes of a seat whose device vanished. */
export const LOST_POLICIES = ['pause', 'freeze', 'remove'] as const;
export type LostPolicy = (typeof LOST_POLICIES)[number];

export interface RoomSettings {
  readonly name: string;
  /** Ticks a second. */
  readonly rate: number;
  readonly policy: LostPolicy;
  /** How long a seat is kept for a device that vanished, in ms. */
  readonly graceMs: number;
  /** Before a match, in ms. */
  readonly countdownMs: number;
  /** Before play goes on after a pause, in ms. */
  readonly resumeMs: number;
  /** Between a final result and the next match, in ms. */
  readonly restartMs: number;
}

export type PauseReason = 'device-lost' | 'score-buffer-full' | 'teacher';

export interface RoomEvent {
  readonly event:
    | 'point'
    | 'serve'
    | 'bounce'
    | 'start'
    | 'pause'
    | 'resume'
    | 'end'
    | 'join'
    | 'leave'
    | 'lost'
    | 'back';
  readonly tick: number;
  readonly seat: string | null;
  readonly device: string | null;
}

/** Where a room speaks to. */
export interface RoomOutput {
  /** An encoded SNAPSHOT. */
  state(bytes: Uint8Array): void;
  event(event: RoomEvent): void;
  /** The scoreboard is not what it was. */
  changed(): void;
  toDevice(device: string, message: DownMessage): void;
}

export interface RoomParts<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  readonly settings: RoomSettings;
  readonly clock: Clock;
  /** A fresh seed, a uint32, for each match. */
  seed(): number;
  readonly book: ScoreBook;
  readonly out: RoomOutput;
}

export class Room<S = unknown, C = unknown, P extends Parameters = Parameters> {
  readonly #parts: RoomParts<S, C, P>;
  readonly seats: Seats<C>;
  readonly #observers = new Set<string>();
  #state: S;
  #book: MatchBook | null = null;
  #phase: RoomPhase = 'waiting';
  #reason: PauseReason | null = null;
  #final = false;
  #outcome: Outcome | null = null;
  /** When the present phase ends by itself, by the clock; Infinity: never. */
  #until = Infinity;
  #tick = 0;
  #idleTicks = 0;
  #inputAt = 0;
  /** Books over all matches since the hub started. */
  readonly totals = { ticks: 0, points: 0, matches: 0, rallies: 0, pointsBySeat: new Map<string, number>() };
  /** From an input's arrival to the snapshot that shows it, and the work of one tick; both in ms. */
  readonly inputToSnapshot = new Quantiles();
  readonly work = new Quantiles();

  constructor(parts: RoomParts<S, C, P>) {
    this.#parts = parts;
    this.seats = new Seats(parts.game.seats);
    this.#state = this.#initialState(0);
  }

  get name(): string {
    return this.#parts.settings.name;
  }

  get phase(): RoomPhase {
    return this.#phase;
  }

  /** All that a scoreboard shows but names: those the lobby knows. */
  summary(): {
    room: string;
    game: string;
    match: string | null;
    phase: RoomPhase;
    rate: number;
    minSeats: number;
    parameters: ParameterValues<P>;
    countdownMs: number;
    reason: PauseReason | null;
    scores: readonly number[];
    winner: string | null;
    final: boolean;
  } {
    const { game, parameters, settings, clock } = this.#parts;
    return {
      room: settings.name,
      game: game.name,
      match: this.#book?.id ?? null,
      phase: this.#phase,
      rate: settings.rate,
      minSeats: game.minSeats,
      parameters,
      countdownMs: this.#phase === 'countdown' ? Math.max(0, Math.round(this.#until - clock.now())) : 0,
      reason: this.#reason,
      scores: game.scores(this.#state),
      winner: this.#final && this.#outcome?.kind === 'win' ? (game.seats[this.#outcome.winner] as string) : null,
      final: this.#final,
    };
  }

  /** @throws PaddlewireError seat-unknown, seat-taken, seat-none-free */
  join(device: string, wish: string): Seat<C> {
    const before = this.seats.of(device);
    const seat = this.seats.take(device, wish);
    if (before === seat) return seat;
    if (before !== undefined && this.#inMatch()) this.#state = this.#parts.game.leave(this.#state, before.index);
    if (this.#inMatch()) this.#enter(seat);
    this.#emit('join', seat, device);
    if (this.#phase === 'waiting' && this.#enough()) this.#begin();
    this.#parts.out.changed();
    return seat;
  }

  /** Gives the seat up for good. */
  leave(device: string): void {
    this.seats.forget(device);
    this.#observers.delete(device);
    const seat = this.seats.of(device);
    if (seat !== undefined) this.#free(seat, false);
  }

  /** The device vanished; its seat is treated by the room's policy. */
  lost(device: string): void {
    const seat = this.seats.of(device);
    if (seat === undefined || !seat.present) return;
    seat.present = false;
    seat.command = null;
    seat.lostAt = this.#parts.clock.now();
    this.#emit('lost', seat, device);
    if (this.#parts.settings.policy === 'remove') this.#free(seat, true);
    else if (this.#shouldPause()) this.#pause('device-lost');
    this.#parts.out.changed();
  }

  /** The device is there again. @returns its seat, if it still has or gets one */
  back(device: string): Seat<C> | null {
    const kept = this.seats.of(device);
    if (kept === undefined) return this.seats.canReturn(device) ? this.join(device, '') : null;
    if (!kept.present) {
      kept.present = true;
      this.#emit('back', kept, device);
      this.#parts.out.changed();
    }
    return kept;
  }

  /** What a device senses. @throws PaddlewireError seat-missing */
  input(device: string, sensed: Sensed): void {
    const seat = this.#seatOf(device);
    this.#take(seat, this.#parts.game.command(sensed, seat.index));
  }

  /** What an agent commands. @throws PaddlewireError seat-missing, command-invalid */
  command(device: string, value: unknown): void {
    const seat = this.#seatOf(device);
    const command = this.#parts.game.validate(value, seat.index);
    if (command === null) throw new PaddlewireError('command-invalid', `${this.#parts.game.name} has no such command.`);
    this.#take(seat, command);
  }

  /** Whether the device is told an OBSERVE each tick. */
  observe(device: string, wanted: boolean): void {
    if (wanted) this.#observers.add(device);
    else this.#observers.delete(device);
  }

  /** The teacher's hand. */
  pause(): void {
    if (this.#phase === 'playing' || this.#phase === 'countdown') this.#pause('teacher');
  }

  resume(): void {
    if (this.#phase === 'paused' && this.#reason === 'teacher') this.#countdown(this.#parts.settings.resumeMs);
  }

  /** Ends the running match as void, so that the hub can stop. Resolves when it is on disk. */
  async close(): Promise<void> {
    if (this.#inMatch()) await this.#void();
  }

  /** One tick. Never waits. */
  tick(): void {
    const began = this.#parts.clock.now();
    this.totals.ticks++;
    this.#dropLost(began);
    switch (this.#phase) {
      case 'playing':
        this.#step();
        break;
      case 'countdown':
        if (began >= this.#until) this.#play();
        break;
      case 'paused':
        if (this.#canResume()) this.#countdown(this.#parts.settings.resumeMs);
        break;
      case 'over':
        if (began >= this.#until) this.#restart();
        break;
      case 'waiting':
        break;
    }
    this.#publish();
    this.work.add(this.#parts.clock.now() - began);
  }

  #step(): void {
    const { game, book } = this.#parts;
    if (book.full) {
      this.#pause('score-buffer-full');
      return;
    }
    const events: GameEvent[] = [];
    const commands = this.seats.all.map((seat) => seat.command);
    this.#state = game.step(this.#state, commands, events);
    this.#tick++;
    for (const event of events) this.#handle(event);
    this.#tellObservers();
    const outcome = game.outcome(this.#state);
    if (outcome !== null) this.#end(outcome);
  }

  #handle(event: GameEvent): void {
    const { out } = this.#parts;
    const seat = event.seat === null ? undefined : this.seats.all[event.seat];
    const device = seat?.device ?? null;
    if (event.kind === 'point' && seat !== undefined) {
      if (device !== null) {
        this.totals.points++;
        this.totals.pointsBySeat.set(seat.name, (this.totals.pointsBySeat.get(seat.name) ?? 0) + 1);
        this.#book?.point(seat.name, device);
      }
      for (const [to, effect] of pointEffects(this.seats.taken, seat, event.against)) out.toDevice(to, effect);
      out.changed();
    } else if (event.kind === 'serve') {
      this.totals.rallies++;
    } else if (event.kind === 'bounce' && device !== null) {
      for (const effect of bounceEffects()) out.toDevice(device, effect);
    }
    out.event({ event: event.kind, tick: this.#tick, seat: seat?.name ?? null, device });
  }

  #publish(): void {
    const moving = this.#phase === 'playing';
    // Who watches a still room sees it within a second: snapshots are not retained.
    if (!moving && this.#idleTicks++ % this.#parts.settings.rate !== 0) return;
    const view = this.#parts.game.view(this.#state);
    this.#parts.out.state(encode({ type: 'SNAPSHOT', tick: this.#tick, phase: this.#phase, view }));
    if (moving && this.#inputAt > 0) this.inputToSnapshot.add(this.#parts.clock.now() - this.#inputAt);
    this.#inputAt = 0;
  }

  #tellObservers(): void {
    for (const device of this.#observers) {
      const seat = this.seats.of(device);
      if (seat === undefined) continue;
      const value = this.#parts.game.observe(this.#state, seat.index);
      this.#parts.out.toDevice(device, { type: 'OBSERVE', tick: this.#tick, value });
    }
  }

  #take(seat: Seat<C>, command: C): void {
    seat.command = command;
    if (this.#inputAt === 0) this.#inputAt = this.#parts.clock.now();
  }

  #seatOf(device: string): Seat<C> {
    const seat = this.seats.of(device);
    if (seat === undefined) throw new PaddlewireError('seat-missing');
    return seat;
  }

  #initialState(seed: number): S {
    const { game, parameters, settings } = this.#parts;
    return game.initial(parameters, seed, settings.rate);
  }

  #enough(): boolean {
    return this.seats.taken.length >= this.#parts.game.minSeats;
  }

  /** Opens a match with those who sit, and counts down to it. */
  #begin(): void {
    const { game, clock, book } = this.#parts;
    const seed = this.#parts.seed();
    const startedAt = clock.epoch();
    const id = `${this.name}-${startedAt.toString(36)}`;
    this.#book = new MatchBook({ id, room: this.name, game: game.name, rules: game.version, seed, startedAt }, book);
    this.totals.matches++;
    this.#state = this.#initialState(seed);
    this.#tick = 0;
    this.#outcome = null;
    this.#final = false;
    for (const seat of this.seats.taken) this.#enter(seat);
    this.#countdown(this.#parts.settings.countdownMs);
  }

  /** A match is open and not decided. */
  #inMatch(): boolean {
    return this.#book !== null && this.#phase !== 'over';
  }

  /** A seat takes part in the match. */
  #enter(seat: Seat<C>): void {
    this.#state = this.#parts.game.join(this.#state, seat.index);
    this.#book?.enter(seat.name, seat.device as string);
  }

  #countdown(ms: number): void {
    this.#setPhase('countdown', ms);
    for (const seat of this.seats.taken) this.tellStart(seat.device as string);
  }

  /** Tells a device about the match that is about to begin or goes on. */
  tellStart(device: string): void {
    if (this.#book === null) return;
    const { match, rate, countdownMs } = this.summary();
    this.#parts.out.toDevice(device, { type: 'START', match: match ?? '', rate, countdown: countdownMs });
  }

  #play(): void {
    if (this.#shouldPause()) {
      this.#pause('device-lost');
      return;
    }
    this.#setPhase('playing', Infinity);
    this.#emit(this.#tick === 0 ? 'start' : 'resume', null, null);
  }

  #pause(reason: PauseReason): void {
    this.#setPhase('paused', Infinity, reason);
    this.#emit('pause', null, null);
  }

  /** Whether play cannot go on: somebody is awaited, or nobody who is there could play. */
  #shouldPause(): boolean {
    if (this.#phase !== 'playing' && this.#phase !== 'countdown') return false;
    const lost = this.seats.lost.length;
    return lost > 0 && (this.#parts.settings.policy === 'pause' || lost === this.seats.taken.length);
  }

  #canResume(): boolean {
    if (this.#reason === 'score-buffer-full') return !this.#parts.book.full;
    if (this.#reason === 'teacher') return false;
    const lost = this.seats.lost.length;
    return this.#parts.settings.policy === 'pause' ? lost === 0 : lost < this.seats.taken.length;
  }

  /** Frees seats whose grace is over. A frozen paddle stays until the match ends. */
  #dropLost(now: number): void {
    const { policy, graceMs } = this.#parts.settings;
    if (policy === 'freeze' && this.#phase === 'playing') return;
    for (const seat of this.seats.lost) if (now - seat.lostAt >= graceMs) this.#free(seat, true);
  }

  #free(seat: Seat<C>, remember: boolean): void {
    const device = seat.device;
    this.seats.release(seat, remember);
    this.#emit('leave', seat, device);
    if (this.#inMatch()) {
      this.#state = this.#parts.game.leave(this.#state, seat.index);
      if (!this.#enough()) void this.#void();
    }
    this.#parts.out.changed();
  }

  /** Too few are left: the match ends without a winner; its points stay. */
  #void(): Promise<void> {
    const saved = this.#close({ kind: 'void' });
    this.#book = null;
    this.#setPhase('waiting', Infinity);
    return saved;
  }

  #end(outcome: Outcome): void {
    this.#setPhase('over', Infinity);
    void this.#close(outcome).then(() => this.#announce(outcome));
  }

  #close(outcome: Outcome): Promise<void> {
    this.#outcome = outcome;
    const winner = outcome.kind === 'win' ? this.seats.all[outcome.winner] : undefined;
    const book = this.#book as MatchBook;
    return book.close(outcome.kind, winner?.name ?? null, winner?.device ?? null, this.#parts.clock.epoch());
  }

  /** The result is on disk: now, and only now, it is final. */
  #announce(outcome: Outcome): void {
    const { clock, settings, out } = this.#parts;
    this.#final = true;
    this.#until = clock.now() + settings.restartMs;
    this.#emit('end', outcome.kind === 'win' ? (this.seats.all[outcome.winner] ?? null) : null, null);
    const scores = [...this.#parts.game.scores(this.#state)];
    for (const seat of this.seats.taken) {
      for (const message of endEffects(outcome, seat, this.#parts.game.seats, scores))
        out.toDevice(seat.device as string, message);
    }
    out.changed();
  }

  #restart(): void {
    for (const seat of this.seats.lost) this.#free(seat, true);
    if (this.#enough()) {
      this.#begin();
      return;
    }
    this.#book = null;
    this.#state = this.#initialState(0);
    this.#setPhase('waiting', Infinity);
  }

  #setPhase(phase: RoomPhase, ms: number, reason: PauseReason | null = null): void {
    this.#phase = phase;
    this.#reason = reason;
    this.#until = this.#parts.clock.now() + ms;
    // The next tick shows the change, whatever the idle rhythm.
    this.#idleTicks = 0;
    this.#parts.out.changed();
  }

  #emit(event: RoomEvent['event'], seat: Seat<C> | null, device: string | null): void {
    this.#parts.out.event({
      event,
      tick: this.#tick,
      seat: seat?.name ?? null,
      device: device ?? seat?.device ?? null,
    });
  }
}
