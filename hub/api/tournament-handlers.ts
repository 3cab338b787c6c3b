/** Tournaments: who leads makes and starts them, everybody may watch (docs/league.md). */
import type { TournamentLine, TournamentState } from '../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { League } from '../league/league.ts';
import type { Pairing } from '../league/tournaments/rounds.ts';
import { standings, winnerOf } from '../league/tournaments/standings.ts';
import type { Tournament } from '../league/tournaments/tournaments.ts';
import type { Handlers } from './handlers.ts';
import { checkAdmin } from './league-admin-handlers.ts';

type Names =
  | 'GET /api/league/tournaments'
  | 'GET /api/league/tournaments/{tournament}'
  | 'POST /api/league/tournaments'
  | `POST /api/league/tournaments/{tournament}/${'start' | 'stop'}`;

export function tournamentHandlers(league: League): Pick<Handlers, Names> {
  const { tournaments } = league;
  return {
    'GET /api/league/tournaments': () => tournaments.all.map((one) => lineOf(league, one)),
    'GET /api/league/tournaments/{tournament}': ({ tournament }) =>
      stateOf(league, tournaments.get(Number(tournament))),
    'POST /api/league/tournaments': async (_, { name, game, kind, players }, caller) => {
      checkAdmin(league, caller);
      const trimmed = name.trim();
      if (trimmed === '') throw new PaddlewireError('message-malformed', 'name must be a text of at least 1.');
      return stateOf(league, await tournaments.create(trimmed, league.pairsOf(game), kind, playersOf(league, players)));
    },
    'POST /api/league/tournaments/{tournament}/start': async ({ tournament }, _, caller) => {
      checkAdmin(league, caller);
      return stateOf(league, await tournaments.start(Number(tournament)));
    },
    'POST /api/league/tournaments/{tournament}/stop': async ({ tournament }, _, caller) => {
      checkAdmin(league, caller);
      return stateOf(league, await tournaments.stop(Number(tournament)));
    },
  };
}

/** Users by name, or by a device of theirs; without names all but bots. @throws PaddlewireError user-unknown */
function playersOf({ accounts }: League, names: readonly string[] | undefined): number[] {
  if (names === undefined) return accounts.users.filter(({ role }) => role !== 'bot').map(({ id }) => id);
  return names.map((name) => accounts.ownerOf(name) ?? accounts.named(name).id);
}

function lineOf(league: League, { id, name, game, kind, phase, createdAt, draw }: Tournament): TournamentLine {
  const winner = phase === 'over' ? nameOf(league, winnerOf(draw, kind)) : null;
  return { id, name, game, kind, phase, createdAt, winner, players: draw.players.length };
}

function stateOf(league: League, tournament: Tournament): TournamentState {
  const { draw, kind } = tournament;
  const name = (user: number | null): string => nameOf(league, user) ?? '';
  return {
    ...lineOf(league, tournament),
    players: draw.players.map(name),
    rounds: draw.rounds.map((round) => round.map((one) => pairingOf(league, tournament, one))),
    standings: standings(draw, kind).map(({ user, ...line }) => Object.assign(line, { name: name(user) })),
  };
}

function pairingOf(league: League, tournament: Tournament, one: Pairing): TournamentState['rounds'][number][number] {
  const { tournaments } = league;
  const room = one.state === 'waiting' ? (tournaments.runningOf(tournament.id, one)?.room ?? null) : null;
  return {
    players: one.players.map((user) => nameOf(league, user)),
    scores: one.scores,
    winner: nameOf(league, one.winner),
    state: room === null ? one.state : 'playing',
    room,
    forfeitMs: room === null ? tournaments.forfeitMs(tournament, one) : null,
  };
}

/** null: nobody; a user that was removed has no name any more. */
const nameOf = ({ accounts }: League, user: number | null): string | null =>
  user === null ? null : (accounts.user(user)?.name ?? '?');
