/** The journal of a match of four bots, as a room writes it: whoever sits there, who scored, a pause of the teacher. */
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { CallBody } from '../../../shared/journal/calls.ts';
import { MatchRecorder } from '../../../shared/journal/match-recorder.ts';
import { Bytes, headerOf } from '../../support/journals.ts';
import { follow } from './bot-match.ts';
import { PLAYERS } from './scoreboards.ts';

const RATE = 60;
/** Too fast for these bots, so that everybody scores. */
const PARAMETERS = { target: 99, ballSpeed: 11_000, paddleSpeed: 2500, serveMs: 300 };

export function botJournal(ticks: number): Uint8Array {
  const bytes = new Bytes();
  let [state, tick] = [pong.initial(withDefaults(pong.parameters, PARAMETERS), 11, RATE), 0];
  const header = headerOf(pong, { seed: 11, ticks, rate: RATE, parameters: PARAMETERS });
  const recorder = new MatchRecorder({ header, sink: bytes.sink, time: () => (tick * 1000) / RATE });
  PLAYERS.forEach(({ kind }, seat) => {
    state = pong.join(state, seat);
    recorder.note({ op: 'seat', event: 'join', seat, kind });
  });
  while (tick < ticks) {
    if (tick === Math.floor(ticks / 2)) {
      recorder.note({ op: 'pause', reason: 'teacher' });
      recorder.note({ op: 'resume' });
    }
    const commands = PLAYERS.map((_player, seat) => follow(state, seat));
    recorder.step(commands);
    const events: GameEvent[] = [];
    state = pong.step(state, commands, events);
    tick++;
    recorder.played(state, events.flatMap(markOf));
  }
  recorder.finish({ kind: 'void' }, pong.scores(state), state);
  return bytes.all;
}

const markOf = ({ kind, seat }: GameEvent): CallBody[] =>
  kind === 'point' ? [{ op: 'mark', kind: 'point', data: seat }] : [];
