/** A game in which only the moment of a press counts: its lamp, a word, and one huge button. */
import type { VNode } from 'preact';
import { BUTTON } from '../../../shared/contract/messages.ts';
import type { PressView } from '../../../shared/games/presses/view.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts/play.ts';
import type { Player } from './player.ts';

export function Buzzer({ room, player }: { readonly room: RoomLive; readonly player: Player }): VNode {
  const scoreboard = room.scoreboard.value;
  const playing = scoreboard.phase === 'playing';
  const view = playing ? room.presses.value : null;
  const lit = player.light.value === 'on' || view?.phase === 'lit' || view?.phase === 'hold';
  const own = view?.seats[player.seat.value?.index ?? -1];
  return (
    <div class="buzzer">
      <p class={`buzzer-word ${lit ? 'lit' : ''}`} role="status">
        {view === null ? texts.phases[scoreboard.phase] : wordOf(view, room, player)}
      </p>
      <p class="buzzer-own">
        {own?.press !== null && own?.press !== undefined && <span>{texts.presses.time(own.press.ms.toFixed(1))}</span>}
        {own !== undefined && <span>{texts.presses.points(own.score)}</span>}
      </p>
      <button
        type="button"
        class="buzzer-button"
        onPointerDown={(event) => player.hold(BUTTON.action, event.timeStamp)}
        onPointerUp={(event) => player.hold(0, event.timeStamp)}
        onPointerCancel={(event) => player.hold(0, event.timeStamp)}
        onPointerLeave={(event) => player.hold(0, event.timeStamp)}
        onKeyDown={(event) => {
          if (isPress(event) && !event.repeat) player.hold(BUTTON.action, event.timeStamp);
        }}
        onKeyUp={(event) => {
          if (isPress(event)) player.hold(0, event.timeStamp);
        }}
        onContextMenu={(event) => event.preventDefault()}
      >
        {texts.press}
      </button>
    </div>
  );
}

const isPress = ({ code }: KeyboardEvent): boolean => code === 'Space' || code === 'Enter';

function wordOf(view: PressView, room: RoomLive, player: Player): string {
  const { game, seats } = room.scoreboard.value;
  const index = player.seat.value?.index ?? -1;
  const own = view.seats[index];
  const words = game === 'buzzer' ? texts.presses.buzzer : texts.presses.reaction;
  if (own?.out === true && view.phase !== 'shown') return game === 'buzzer' ? texts.presses.wrong : texts.presses.out;
  if (view.phase !== 'shown') return words[view.phase];
  const winners = view.seats.flatMap((seat, at) => (seat.winner ? [at] : []));
  if (winners.length === 0) return texts.presses.nobody;
  if (view.tie) return texts.presses.tie;
  if (winners[0] === index) return texts.presses.first;
  const winner = seats[winners[0] ?? -1];
  return texts.presses.notFirst(winner?.name ?? winner?.seat ?? '');
}
