/**
 * A room: runs matches one after another and holds the seats between them. It knows devices by id only, never their
 * links. All its time passes in `tick`, so a test can hand in any clock.
 */
import { encode } from '../../shared/contract/codec.ts';
import type { Begins, Lab } from '../../shared/contract/api.ts';
import type { RoomPhase } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Ending, Outcome, Parameters, Sensed } from '../../shared/games/game.ts';
import type { Moment } from '../../shared/netcode/clock-sync.ts';
import { Deadlines } from './deadlines.ts';
import type { InvalidPolicy } from './invalid-policy.ts';
import { keepsFrozen, mustPause, type LostPolicy } from './lost-policy.ts';
import { MatchOpener } from './match-opener.ts';
import type { Match, Rules } from './match.ts';
import type { ForkedMatch, PauseReason, RoomParts, RoomSummary, SavedMatch } from './room-parts.ts';
import { RoomTotals } from './room-totals.ts';
import { SeatInputs, type Hand } from './seat-inputs.ts';
import { Seats, type Seat } from './seats.ts';
import { Tellers } from './tellers.ts';
import { RoomVoice, type Player } from './voice.ts';

export class Room<S = unknown, C = unknown, P extends Parameters = Parameters> {
  readonly #parts: RoomParts<S, C, P>;
  readonly #rules: Rules<S, C, P>;
  readonly #opener: MatchOpener<S, C, P>;
  readonly seats: Seats<C>;
  readonly totals = new RoomTotals();
  readonly #tellers: Tellers<S, C, P>;
  readonly #voice: RoomVoice<S, C, P>;
  readonly #inputs: SeatInputs<S, C, P>;
  readonly #deadlines: Deadlines;
  /** The running match, or in phase `over` the one that was decided. */
  #match: Match<S, C, P> | null = null;
  #policy: LostPolicy;
  #begins: Begins;
  /** Who leads has said that it may begin. */
  #called = false;
  /** What the teacher's hand is on: this room, all rooms. */
  readonly #held = { room: false, all: false };
  #phase: RoomPhase = 'waiting';
  #reason: PauseReason | null = null;
  #outcome: Outcome | null = null;
  #final = false;
  /** When the present phase ends by itself, by the clock; Infinity: never. */
  #until = Infinity;
  #idleTicks = 0;
  /** When the newest tick was due. */
  #tickAt = 0;
  /** When the match began, in ms since 1970. */
  #startedAt = 0;

  constructor(parts: RoomParts<S, C, P>) {
    this.#parts = parts;
    this.#rules = { game: parts.game, parameters: parts.parameters, rate: parts.settings.rate };
    this.#opener = new MatchOpener(this.#rules, parts);
    this.#policy = parts.settings.policy;
    this.#begins = parts.settings.begins;
    this.seats = new Seats(parts.game.seats);
    this.#tellers = new Tellers(this.seats, parts.out);
    this.#voice = new RoomVoice(parts, this.seats, this.totals);
    this.#deadlines = new Deadlines(parts.settings.rate, parts.game.thinkMs?.(parts.parameters));
    this.#inputs = new SeatInputs(this.#rules, this.seats, parts.clock);
  }

  get name(): string {
    return this.#parts.settings.name;
  }

  /** When its newest match began, in ms since 1970. */
  get startedAt(): number {
    return this.#startedAt;
  }

  get phase(): RoomPhase {
    return this.#phase;
  }

  summary(): RoomSummary {
    const { game, parameters, settings, clock } = this.#parts;
    return {
      room: settings.name,
      game: game.name,
      match: this.#match?.id ?? null,
      phase: this.#phase,
      rate: settings.rate,
      minSeats: game.minSeats,
      parameters,
      policy: this.#policy,
      begins: this.#begins,
      countdownMs: this.#phase === 'countdown' ? Math.max(0, Math.round(this.#until - clock.now())) : 0,
      reason: this.#reason,
      scores: this.#match?.scores ?? game.seats.map(() => 0),
      winner: this.#final ? (this.#winner()?.name ?? null) : null,
      final: this.#final,
    };
  }

  /** @throws PaddlewireError seat-unknown, seat-taken, seat-none-free */
  join(device: string, wish: string): Seat<C> {
    const before = this.seats.of(device);
    const seat = this.seats.take(device, wish);
    if (before === seat) return seat;
    if (before !== undefined && this.#inMatch()) this.#match?.leave(before.index);
    if (this.#inMatch()) this.#match?.enter(seat, this.#parts.kindOf(device));
    this.#voice.event('join', this.#tick, seat, device);
    if (this.#phase === 'waiting' && this.#mayBegin()) this.#begin(this.#opener.fresh());
    this.#parts.out.changed();
    return seat;
  }

  /** Gives the seat up for good. */
  leave(device: string): void {
    this.forget(device);
    const seat = this.seats.of(device);
    if (seat === undefined) return;
    if (this.#endsWithout(seat)) this.#abandon(seat);
    this.#free(seat, false);
  }

  /** The device will not come back: nothing of it is kept. */
  forget(device: string): void {
    this.seats.forget(device);
    this.#tellers.forget(device);
    this.#deadlines.forget(device);
  }

  /** The device vanished; its seat is treated by the room's policy. */
  lost(device: string): void {
    const seat = this.seats.of(device);
    if (seat === undefined || !seat.present) return;
    seat.present = false;
    seat.command = null;
    seat.buttons = 0;
    seat.lostAt = this.#parts.clock.now();
    if (this.#inMatch()) this.#match?.link(seat.index, false);
    this.#voice.event('lost', this.#tick, seat, device);
    if (this.#endsWithout(seat)) this.#abandon(seat);
    if (this.#policy === 'remove' || this.#policy === 'end') this.#free(seat, true);
    else if (this.#mustPause()) this.#pause('device-lost');
    this.#parts.out.changed();
  }

  /** The device is there again. @returns its seat, if it still has or gets one */
  back(device: string): Seat<C> | null {
    const kept = this.seats.of(device);
    if (kept === undefined) return this.seats.canReturn(device) ? this.join(device, '') : null;
    if (!kept.present) {
      kept.present = true;
      if (this.#inMatch()) this.#match?.link(kept.index, true);
      this.#voice.event('back', this.#tick, kept, device);
      this.#parts.out.changed();
    }
    return kept;
  }

  /**
   * What a device senses, and when.
   * @param gap INPUTs before this one were lost: what was held before is not known
   * @throws PaddlewireError seat-missing
   */
  input(device: string, sensed: Sensed, moment?: Moment, gap = false): void {
    this.#inputs.input(device, sensed, this.#hand, moment, gap);
  }

  /**
   * What an agent commands, and when; null: nothing new.
   * @param tick of the observation that it answers; 0: it does not say
   * @returns whether it is late
   * @throws PaddlewireError seat-missing, command-invalid, command-untimely
   */
  command(device: string, value: unknown, moment?: Moment, tick = 0): boolean {
    let late = false;
    const inTime = (): boolean => {
      // What was seen last is answered by who cannot know yet that it was the end.
      if (this.#phase === 'over' && tick > 0 && tick === this.#tick) return false;
      const match = this.#inMatch() ? (this.#match?.id ?? null) : null;
      late = this.#deadlines.late(device, tick, match, this.#hand, this.#parts.clock.now());
      return true;
    };
    this.#inputs.command(device, value, this.#hand, inTime, moment);
    return late;
  }

  /** What becomes of who sends a command that the game cannot take. */
  get invalid(): InvalidPolicy {
    return this.#parts.settings.invalid ?? 'ignore';
  }

  /** Whether the device is told an OBSERVE each tick. */
  observe(device: string, wanted: boolean): void {
    this.#tellers.observe(device, wanted);
  }

  /** Whether the device is told a SYNC each tick; the first at once. */
  sync(device: string, wanted: boolean): void {
    this.#tellers.sync(device, wanted, this.#match);
  }

  /** Tells a device about the match that is about to begin or goes on. */
  tellStart(device: string): void {
    const { match, rate, countdownMs } = this.summary();
    if (match !== null) this.#parts.out.toDevice(device, { type: 'START', match, rate, countdown: countdownMs });
  }

  /** The teacher's hand on this room. */
  pause(): void {
    if (this.#isMoving()) this.#pause('teacher');
    else if (this.#phase === 'paused' && this.#reason !== 'teacher') this.#setPhase('paused', Infinity, 'teacher');
    if (this.#phase === 'paused') this.#held.room = true;
  }

  resume(): void {
    this.#held.room = false;
    this.#letGo();
  }

  /** The teacher's hand on all rooms: none plays, and none begins. */
  freeze(frozen: boolean): void {
    this.#held.all = frozen;
    if (!frozen) this.#letGo();
    else if (this.#isMoving()) this.#pause('teacher');
  }

  #letGo(): void {
    const held = this.#held.room || this.#held.all;
    if (!held && this.#phase === 'paused' && this.#reason === 'teacher') this.#countdown(this.#parts.settings.resumeMs);
  }

  #isMoving(): boolean {
    return this.#phase === 'playing' || this.#phase === 'countdown';
  }

  /** Begins the match that waits for this word, or the next one after a result. @throws PaddlewireError players-missing */
  start(): void {
    if (this.#inMatch() || (this.#phase === 'over' && !this.#final)) return;
    if (!this.#enough()) throw new PaddlewireError('players-missing');
    this.#called = true;
    if (this.#phase === 'over') this.#until = this.#parts.clock.now();
  }

  /** When matches begin, from now on. */
  setBegins(begins: Begins): void {
    this.#begins = begins;
    this.#called = false;
    // A match that would have waited for no word waits for one now, and the other way round.
    if (this.#phase === 'over' && this.#final) this.#until = this.#nextAt();
    this.#parts.out.changed();
  }

  /** Ends the match as void, if it is not decided; the next one begins as soon as it may. */
  reset(): void {
    if (this.#inMatch()) {
      void this.#void();
      // Who asks for a new match need not ask for its start.
      this.#called = this.#enough();
    } else if (this.#phase === 'over' && this.#final) {
      this.#called = this.#enough();
      this.#until = this.#parts.clock.now();
    }
  }

  /** What becomes of play when devices vanish, from now on. */
  setPolicy(policy: LostPolicy): void {
    this.#policy = policy;
    if (policy === 'remove') for (const seat of this.seats.lost) this.#free(seat, true);
    else if (this.#mustPause()) this.#pause('device-lost');
    this.#parts.out.changed();
  }

  /** Makes the network of a seat worse, or good again: for as long as the device has it. @throws PaddlewireError seat-unknown, seat-empty */
  setLab(name: string, lab: Lab): void {
    const seat = this.seats.all.find((one) => one.name === name);
    if (seat === undefined) throw new PaddlewireError('seat-unknown', `There is no seat ${name}.`);
    if (seat.device === null) throw new PaddlewireError('seat-empty', `Nobody sits on ${name}.`);
    seat.lab = Object.values(lab).some((value) => value > 0) ? lab : null;
    if (this.#inMatch()) this.#match?.lab(seat.index, lab);
    this.#parts.out.changed();
  }

  /** Ends the running match as void, so that the hub can stop. Resolves when it is on disk. */
  async close(): Promise<void> {
    if (this.#inMatch()) await this.#void();
  }

  /** A word of who leads the game: a quiz master. @throws PaddlewireError host-word-unknown */
  host(word: string): void {
    const events = this.#phase === 'playing' ? (this.#match?.host(word, this.seats.all) ?? null) : null;
    if (events === null) throw new PaddlewireError('host-word-unknown');
    for (const event of events) this.#voice.happened(event, this.#tick);
  }

  /** One tick. Never waits. @param due when it should have begun, by the hub's clock */
  tick(due: number = this.#parts.clock.now()): void {
    const began = this.#parts.clock.now();
    this.#tickAt = due;
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
        if (this.#canResume()) this.#goOn();
        break;
      case 'over':
        if (began >= this.#until && !this.#held.all) this.#restart();
        break;
      case 'waiting':
        if (this.#mayBegin() && this.seats.lost.length === 0) this.#begin(this.#opener.fresh());
        break;
    }
    this.#publish();
    this.totals.work.add(this.#parts.clock.now() - began);
  }

  #step(): void {
    const match = this.#match;
    if (match === null) return;
    if (this.#parts.book.full) {
      this.#pause('score-buffer-full');
      return;
    }
    for (const event of match.step(this.seats.all)) this.#voice.happened(event, match.tick);
    this.#tellers.tellObservers(match);
    this.#tellers.tellSynced(match);
    const { outcome } = match;
    if (outcome !== null) this.#end(match, outcome);
  }

  #publish(): void {
    const moving = this.#phase === 'playing';
    // Who watches a still room sees it within a second: snapshots are not retained.
    if (!moving && this.#idleTicks++ % this.#parts.settings.rate !== 0) return;
    const view = this.#match?.view ?? this.#emptyView();
    this.#parts.out.state(encode({ type: 'SNAPSHOT', tick: this.#tick, phase: this.#phase, view }));
    const inputAt = this.#inputs.takeOldest();
    if (moving && inputAt > 0) this.totals.inputToSnapshot.add(this.#parts.clock.now() - inputAt);
  }

  #emptyView(): Uint8Array {
    const { game, parameters, rate } = this.#rules;
    return game.view(game.initial(parameters, 0, rate));
  }

  /** Where the match's time stands. */
  get #hand(): Hand {
    return { tick: this.#tick, dueAt: this.#tickAt };
  }

  #winner(): Seat<C> | undefined {
    return this.#outcome?.kind === 'win' ? this.seats.all[this.#outcome.winner] : undefined;
  }

  #enough(): boolean {
    return this.seats.taken.length >= this.#parts.game.minSeats;
  }

  #mayBegin(): boolean {
    const { once } = this.#parts.settings;
    if (once === true && this.totals.matches > 0) return false;
    return this.#enough() && !this.#held.all && (this.#begins === 'itself' || this.#called);
  }

  /** Whether the match ends because this seat's device goes. */
  #endsWithout(seat: Seat<C>): boolean {
    return this.#policy === 'end' && seat.device !== null && this.#inMatch();
  }

  get #tick(): number {
    return this.#match?.tick ?? 0;
  }

  /** A match is open and not decided. */
  #inMatch(): boolean {
    return this.#match !== null && this.#phase !== 'over';
  }

  /** Opens a match with those who sit, and counts down to it. */
  #begin(match: Match<S, C, P>): void {
    for (const seat of this.seats.taken) {
      match.enter(seat, seat.device === null ? '' : this.#parts.kindOf(seat.device));
      if (seat.lab !== null) match.lab(seat.index, seat.lab);
    }
    this.#match = match;
    this.#outcome = null;
    this.#final = false;
    this.#called = false;
    this.#startedAt = this.#parts.clock.epoch();
    this.totals.matches++;
    this.#countdown(this.#parts.settings.countdownMs);
    if (this.#held.all) this.#pause('teacher');
  }

  /** Whether a match was one of this room's game, at this room's rate. */
  fits({ header }: Pick<SavedMatch, 'header'>): boolean {
    const { game, rate } = this.#rules;
    return header.game === game.name && header.rules === game.version && header.rate === rate;
  }

  /**
   * Begins a new match where another was at some moment, with who sits here now. The running one ends as void.
   * @throws PaddlewireError players-missing
   */
  fork(from: ForkedMatch): void {
    if (!this.#enough()) throw new PaddlewireError('players-missing');
    if (this.#inMatch()) void this.#void();
    const match = this.#opener.forked(from);
    for (const { index, device } of this.seats.all) if (device === null) match.leave(index);
    this.#begin(match);
  }

  /** Goes on with a match that was not finished when the hub ended, as soon as its devices are back. */
  restore(saved: SavedMatch): void {
    const now = this.#parts.clock.now();
    for (const { index, device } of saved.seats) this.seats.await(index, device, now);
    this.#match = this.#opener.saved(saved);
    this.totals.matches++;
    this.#pause('recovered');
  }

  #countdown(ms: number): void {
    this.#setPhase('countdown', ms);
    for (const { device } of this.seats.taken) if (device !== null) this.tellStart(device);
    this.#tellers.tellSynced(this.#match);
  }

  #play(): void {
    if (this.#mustPause()) {
      this.#pause('device-lost');
      return;
    }
    this.#setPhase('playing', Infinity);
    // A press while play stood still is none; a held key is held when it goes on.
    if (this.#parts.game.merge !== undefined) for (const seat of this.seats.taken) seat.command = null;
    if ((this.#match?.tick ?? 0) > 0) this.#match?.paused(null);
    this.#voice.event(this.#match?.tick === 0 ? 'start' : 'resume', this.#tick);
    this.#tellers.tellSynced(this.#match);
  }

  #pause(reason: PauseReason): void {
    this.#setPhase('paused', Infinity, reason);
    this.#match?.paused(reason);
    this.#voice.event('pause', this.#tick);
    this.#tellers.tellSynced(this.#match);
  }

  #mustPause(): boolean {
    if (!this.#isMoving()) return false;
    return mustPause(this.#policy, this.seats.taken.length, this.seats.lost.length);
  }

  /** What play waited for is there; the teacher may hold it still. */
  #goOn(): void {
    if (this.#held.all) this.#setPhase('paused', Infinity, 'teacher');
    else this.#countdown(this.#parts.settings.resumeMs);
  }

  #canResume(): boolean {
    if (this.#reason === 'teacher') return false;
    if (this.#reason === 'score-buffer-full') return !this.#parts.book.full;
    // All are awaited, whatever the policy: nobody left, the hub did.
    if (this.#reason === 'recovered') return this.seats.lost.length === 0;
    return !mustPause(this.#policy, this.seats.taken.length, this.seats.lost.length);
  }

  /** Frees seats whose grace is over. A frozen paddle stays until the match ends. */
  #dropLost(now: number): void {
    const { graceMs } = this.#parts.settings;
    if (keepsFrozen(this.#policy, this.#phase === 'playing')) return;
    for (const seat of this.seats.lost) if (now - seat.lostAt >= graceMs) this.#free(seat, true);
  }

  #free(seat: Seat<C>, remember: boolean): void {
    const { device } = seat;
    this.seats.release(seat, remember);
    this.#voice.event('leave', this.#tick, seat, device);
    if (this.#inMatch()) {
      this.#match?.leave(seat.index);
      if (!this.#enough()) void this.#void();
    }
    this.#parts.out.changed();
  }

  /** The match ends because a device went; its points stay. */
  #abandon({ index }: Seat<C>): void {
    void this.#void({ kind: 'disconnected', seat: index });
  }

  /** Too few are left: the match ends without a winner; its points stay. */
  #void(ending: Ending = { kind: 'void' }): Promise<void> {
    const match = this.#match;
    const players = this.#players;
    const saved = match?.close({ kind: 'void' }, undefined, this.#parts.clock.epoch());
    this.#match = null;
    this.#setPhase('waiting', Infinity);
    if (match === null || saved === undefined) return Promise.resolve();
    return saved.then(() => this.#ended(match, ending, players));
  }

  #end(match: Match<S, C, P>, outcome: Outcome): void {
    this.#outcome = outcome;
    this.#setPhase('over', Infinity);
    // Who played it is told the result, whoever sits there when it is on disk.
    const players = this.#players;
    void match
      .close(outcome, this.#winner(), this.#parts.clock.epoch())
      .then(() => this.#announce(match, outcome, players));
  }

  /** The result is on disk: now, and only now, it is final. */
  #announce(match: Match<S, C, P>, outcome: Outcome, players: readonly Player[]): void {
    this.#final = true;
    this.#until = this.#nextAt();
    this.#voice.event('end', match.tick, this.#winner() ?? null);
    const { stats } = match;
    // A board would only have to leave it out.
    const statsOf = ({ index, device }: Player) =>
      device !== null && this.#parts.kindOf(device) === 'agent' ? (stats[index] ?? null) : null;
    this.#voice.result(outcome, players, match.scores, statsOf);
    this.#parts.out.changed();
    this.#ended(match, outcome, players);
  }

  /** Whoever keeps books of matches is told. */
  #ended({ id, scores, stats, tick }: Match<S, C, P>, ending: Ending, players: readonly Player[]): void {
    const [startedAt, endedAt] = [this.#startedAt, this.#parts.clock.epoch()];
    this.#parts.out.ended?.({ match: id, ending, scores, stats, ticks: tick, players, startedAt, endedAt });
  }

  get #players(): readonly Player[] {
    return this.seats.taken.map(({ index, name, device }) => ({ index, name, device }));
  }

  /** When the next match begins after a result, if nobody says otherwise. */
  #nextAt(): number {
    const { clock, settings } = this.#parts;
    return this.#begins === 'itself' && settings.once !== true ? clock.now() + settings.restartMs : Infinity;
  }

  #restart(): void {
    // No ghost goes from match to match; who is awaited keeps the seat for the grace time.
    if (this.#policy === 'freeze') for (const seat of this.seats.lost) this.#free(seat, true);
    if (this.#mayBegin()) {
      this.#begin(this.#opener.fresh());
      return;
    }
    this.#match = null;
    this.#final = false;
    this.#setPhase('waiting', Infinity);
  }

  #setPhase(phase: RoomPhase, ms: number, reason: PauseReason | null = null): void {
    this.#phase = phase;
    this.#reason = reason;
    if (phase !== 'paused') this.#held.room = false;
    this.#until = this.#parts.clock.now() + ms;
    // The next tick shows the change, whatever the idle rhythm.
    this.#idleTicks = 0;
    this.#parts.out.changed();
  }
}
