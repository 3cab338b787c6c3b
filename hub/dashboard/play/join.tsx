/** The way to a seat: the PIN on large keys, then a name to tap. Nothing else has to be typed. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { RoomLive } from '../live/room-live.ts';
import { DotText } from '../parts/dot-text.tsx';
import { texts } from '../texts/play.ts';
import { randomBelow, someNames } from './names.ts';
import { Sheet } from './notices.tsx';
import type { PlaySession } from './session.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const MAX_PIN = 64;
const NAMES = 3;

function Brand(): VNode {
  return (
    <p class="brand">
      <DotText text="Paddlewire" />
    </p>
  );
}

export function Searching(): VNode {
  return (
    <div class="entry">
      <Brand />
      <Sheet title={texts.searching}>
        <p>{texts.searchingText}</p>
      </Sheet>
    </div>
  );
}

export function PinPad({ session }: { readonly session: PlaySession }): VNode {
  const [pin, setPin] = useState('');
  const wrong = session.pinWrong.value && pin === '';
  const give = (event: Event): void => {
    event.preventDefault();
    if (pin === '') return;
    setPin('');
    session.givePin(pin);
  };
  const type = (digit: string): void => setPin((typed) => (typed + digit).slice(0, MAX_PIN));
  return (
    <form class="entry" onSubmit={give}>
      <Brand />
      <h1>{texts.pinTitle}</h1>
      <p id="pin-said" class={wrong ? 'wrong' : ''} role="status">
        {wrong ? texts.pinWrong : texts.pinText}
      </p>
      {/* A keyboard can type here too, a token with letters for one; a phone shows no keys of its own. */}
      <input
        class="pin-field"
        value={pin}
        maxLength={MAX_PIN}
        inputMode="none"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-label={texts.pinLabel}
        aria-describedby="pin-said"
        aria-invalid={wrong}
        onInput={(event) => setPin(event.currentTarget.value)}
      />
      <div class="pin-keys">
        {DIGITS.map((digit) => (
          <button type="button" key={digit} onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="pin-clear" onClick={() => setPin((typed) => typed.slice(0, -1))}>
          {texts.pinClear}
        </button>
        <button type="submit" class="main" disabled={pin === ''}>
          {texts.pinGo}
        </button>
      </div>
    </form>
  );
}

export function NameChoice({ session }: { readonly session: PlaySession }): VNode {
  const [names, setNames] = useState(() => someNames(NAMES, randomBelow));
  const rooms = session.rooms.all.value;
  const chosen = chosenOf(rooms, session.room.value);
  return (
    <div class="entry">
      <Brand />
      <h1>{texts.nameTitle}</h1>
      <p>{texts.nameText}</p>
      {rooms.length > 1 && <RoomChoice rooms={rooms} chosen={chosen} session={session} />}
      <ul class="names">
        {names.map((name) => (
          <li key={name}>
            <button type="button" class="main" onClick={() => session.chooseName(name, chosen?.name ?? '')}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => setNames(someNames(NAMES, randomBelow))}>
        {texts.otherNames}
      </button>
    </div>
  );
}

interface RoomChoiceProps {
  readonly rooms: readonly RoomLive[];
  readonly chosen: RoomLive | undefined;
  readonly session: PlaySession;
}

function RoomChoice({ rooms, chosen, session }: RoomChoiceProps): VNode {
  return (
    <label class="room-choice">
      <span>{texts.roomLabel}</span>
      <select value={chosen?.name ?? ''} onChange={(event) => (session.room.value = event.currentTarget.value)}>
        {rooms.map((room) => (
          <option key={room.name} value={room.name}>
            {texts.roomSeats(room.name, freeIn(room))}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The room that was asked for; else the hub's first, by its name, or another that has a free seat. */
function chosenOf(rooms: readonly RoomLive[], wished: string): RoomLive | undefined {
  const free = rooms.filter((room) => freeIn(room) > 0);
  return rooms.find(({ name }) => name === wished) ?? free.find(({ name }) => name === 'main') ?? free[0];
}

const freeIn = ({ scoreboard }: RoomLive): number =>
  scoreboard.value.seats.filter(({ device }) => device === null).length;
