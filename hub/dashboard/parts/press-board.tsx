/** Games of presses on the page: a lamp, who was first, and how sure that is. */
import type { VNode } from 'preact';
import type { PressPhase, PressSeatView, PressView } from '../../../shared/games/presses/view.ts';
import type { Scoreboard, SeatInfo } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts/projector.ts';
import { DotText } from './dot-text.tsx';
import { Leader } from './leader.tsx';
import { Notice } from './notice.tsx';

const EMPTY: PressView = { phase: 'idle', round: 0, of: 0, tie: false, seats: [] };

export function PressBoard({ room }: { readonly room: RoomLive }): VNode {
  const scoreboard = room.scoreboard.value;
  const view = room.presses.value ?? EMPTY;
  const playing = scoreboard.phase === 'playing';
  return (
    <div class="press-board">
      <section class={`lamp-panel ${playing ? view.phase : 'idle'}`} aria-live="polite">
        <Lamp phase={playing ? view.phase : 'idle'} />
        {playing && <h2 class="press-word">{wordOf(scoreboard, view)}</h2>}
        {playing && view.round > 0 && <p>{texts.presses.round(scoreboard.game, view.round, view.of)}</p>}
        {scoreboard.game === 'buzzer' && playing && <Leader room={room.name} phase={view.phase} />}
      </section>
      <Ranking scoreboard={scoreboard} view={view} />
      <Notice room={room} />
    </div>
  );
}

/** A lamp of squares, like everything that shines here. */
function Lamp({ phase }: { readonly phase: PressPhase }): VNode {
  const lit = phase === 'lit' || phase === 'hold';
  return (
    <svg class={`lamp ${lit ? 'lit' : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M5 0h6v1h2v1h1v1h1v2h1v6h-1v2h-1v1h-1v1h-2v1h-6v-1h-2v-1h-1v-1h-1v-2h-1v-6h1v-2h1v-1h1v-1h2z" />
    </svg>
  );
}

function wordOf({ game, seats }: Scoreboard, view: PressView): string {
  const words = game === 'buzzer' ? texts.presses.buzzer : texts.presses.reaction;
  if (view.phase !== 'shown') return words[view.phase] ?? '';
  const winners = view.seats.flatMap((seat, index) => (seat.winner ? [nameOf(seats[index])] : []));
  if (winners.length === 0) return texts.presses.nobody;
  return view.tie ? texts.presses.tie(winners.join(', ')) : words.shown(winners[0] ?? '');
}

interface Line {
  readonly info: SeatInfo | undefined;
  readonly view: PressSeatView;
}

/** Who pressed, in the order of the moments; then who was out. */
function Ranking({ scoreboard, view }: { readonly scoreboard: Scoreboard; readonly view: PressView }): VNode {
  const lines = view.seats.map((seat, index): Line => ({ info: scoreboard.seats[index], view: seat }));
  const pressed = lines
    .filter((line) => line.view.press !== null)
    .toSorted((a, b) => (a.view.press?.ms ?? 0) - (b.view.press?.ms ?? 0));
  const out = lines.filter((line) => line.view.out && line.view.press === null && view.phase !== 'idle');
  const first = pressed[0]?.view.press?.ms ?? 0;
  const from = scoreboard.game === 'buzzer' ? first : 0;
  return (
    <ol class="ranking" aria-label={texts.presses.ranking}>
      {pressed.map((line, place) => (
        <li key={line.info?.seat} class={line.view.winner ? 'first' : ''}>
          <span class="place">
            <DotText text={String(place + 1)} quiet />
          </span>
          <span class="name">{nameOf(line.info)}</span>
          <Time line={line} from={from} />
        </li>
      ))}
      {out.map(({ info }) => (
        <li key={info?.seat} class="out">
          <span class="place" />
          <span class="name">{nameOf(info)}</span>
          <span class="time">{scoreboard.game === 'buzzer' ? texts.presses.wrong : texts.presses.falseStart}</span>
        </li>
      ))}
    </ol>
  );
}

function Time({ line, from }: { readonly line: Line; readonly from: number }): VNode {
  const { ms, bound } = line.view.press ?? { ms: 0, bound: 0 };
  const shown = `${from > 0 && ms > from ? '+' : ''}${(from > 0 ? ms - from : ms).toFixed(1)}`;
  return (
    <span class="time">
      {shown} <small>± {bound.toFixed(1)} ms</small>
    </span>
  );
}

const nameOf = (info: SeatInfo | undefined): string => info?.name ?? info?.device ?? info?.seat ?? '';
