/** Who plays which side: people with a key map each, the computer, or nobody. */
import type { VNode } from 'preact';
import { KEY_MAP_NAMES, type KeyMapName } from '../../../shared/contract/key-maps.ts';
import { ALL_SEATS, perSeat, SEATS } from '../../../shared/games/pong/sides.ts';
import { texts } from '../texts/play.ts';
import type { LocalPlayer, LocalPlayers } from './local-match.ts';

/** Fewer make no match. */
const MIN_PLAYERS = 2;

export interface SetupProps {
  readonly players: LocalPlayers;
  readonly change: (players: LocalPlayers) => void;
  readonly begin: () => void;
}

export function Setup({ players, change, begin }: SetupProps): VNode {
  const enough = players.filter((player) => player !== null).length >= MIN_PLAYERS;
  return (
    <form
      class="entry local-setup"
      onSubmit={(event) => {
        event.preventDefault();
        if (enough) begin();
      }}
    >
      <h1>{texts.local.title}</h1>
      <p>{texts.local.text}</p>
      {ALL_SEATS.map((seat) => (
        <label key={seat} class={`room-choice ${SEATS[seat]}`}>
          <span>{texts.local.seat[SEATS[seat]]}</span>
          <select
            value={players[seat] ?? ''}
            onChange={(event) => {
              const chosen = toPlayer(event.currentTarget.value);
              change(perSeat((other) => (other === seat ? chosen : players[other])));
            }}
          >
            <option value="">{texts.local.nobody}</option>
            <option value="bot">{texts.local.bot}</option>
            {KEY_MAP_NAMES.map((map) => (
              <option key={map} value={map} disabled={players.some((player, at) => player === map && at !== seat)}>
                {texts.keys[map]}
              </option>
            ))}
          </select>
        </label>
      ))}
      {!enough && (
        <p class="wrong" role="status">
          {texts.local.tooFew}
        </p>
      )}
      <button type="submit" class="main" disabled={!enough}>
        {texts.local.begin}
      </button>
      <p>
        <a href="/">{texts.local.toHub}</a>
      </p>
    </form>
  );
}

const toPlayer = (value: string): LocalPlayer =>
  value === 'bot' ? 'bot' : (KEY_MAP_NAMES.find((map): map is KeyMapName => map === value) ?? null);
