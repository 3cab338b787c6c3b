/** Opens matches of a room: new ones, and one that was not finished when the hub ended. */
import type { Parameters } from '../../shared/games/game.ts';
import type { JournalHeader } from '../../shared/journal/calls.ts';
import { MatchBook } from './match-book.ts';
import { MatchLog } from './match-log.ts';
import { Match, type Rules } from './match.ts';
import type { ForkedMatch, RoomParts, SavedMatch } from './room-parts.ts';

type Header = Omit<JournalHeader, 'format'>;

export class MatchOpener<S, C, P extends Parameters> {
  readonly #rules: Rules<S, C, P>;
  readonly #parts: RoomParts<S, C, P>;

  constructor(rules: Rules<S, C, P>, parts: RoomParts<S, C, P>) {
    this.#rules = rules;
    this.#parts = parts;
  }

  /** A match that begins now, with nobody seated. */
  fresh(): Match<S, C, P> {
    const { clock, settings } = this.#parts;
    const { game, parameters, rate } = this.#rules;
    const [seed, startedAt] = [this.#parts.seed(), clock.epoch()];
    const id = `${settings.name}-${startedAt.toString(36)}`;
    const header: Header = {
      game: game.name,
      rules: game.version,
      parameters,
      seed,
      rate,
      seats: [...game.seats],
      startedAt,
      about: { room: settings.name },
    };
    const file = this.#parts.journal(id);
    return new Match({
      game,
      book: this.#book(id, header),
      log: file === null ? null : new MatchLog(header, file, clock),
      state: game.initial(parameters, seed, rate),
      tick: 0,
    });
  }

  /** A match as it was; it goes on with the parameters it was begun with. */
  saved({ id, header, soFar, credit }: SavedMatch): Match<S, C, P> {
    const file = this.#parts.journal(id);
    return new Match({
      game: this.#rules.game,
      book: this.#book(id, header, credit),
      log: file === null ? null : new MatchLog(header, file, this.#parts.clock, soFar),
      state: soFar.state as S,
      tick: soFar.tick,
    });
  }

  /** A new match that begins where another was, with the parameters of that one. */
  forked({ id: of, header, tick, state, commands }: ForkedMatch): Match<S, C, P> {
    const { clock, settings } = this.#parts;
    const startedAt = clock.epoch();
    const id = `${settings.name}-${startedAt.toString(36)}`;
    const own: Header = { ...header, startedAt, about: { room: settings.name, forkOf: of, forkTick: tick } };
    const file = this.#parts.journal(id);
    return new Match({
      game: this.#rules.game,
      book: this.#book(id, own),
      log: file === null ? null : new MatchLog(own, file, clock, { tick, state, commands }),
      state: state as S,
      tick,
    });
  }

  #book(id: string, { game, rules, seed, startedAt }: Header, credit?: SavedMatch['credit']): MatchBook {
    const head = { id, room: this.#parts.settings.name, game, rules, seed, startedAt };
    return new MatchBook(head, this.#parts.book, credit);
  }
}
