/** Delay, jitter and loss of one seat: sent to the hub as soon as the slider rests. */
import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { LAB_LIMITS, type Lab } from '../../../../shared/contract/api.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import type { SeatInfo } from '../../live/model.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { seatName } from '../../texts/common.ts';
import { texts } from '../../texts/lab.ts';

/** A slider that moves is not sent at each px. */
const REST_MS = 150;
const GOOD: Lab = { delayMs: 0, jitterMs: 0, lossPercent: 0 };
/** The exercise of the Distributed Pong lecture: stay fluid although packets are dropped. */
const BAD: Lab = { delayMs: 80, jitterMs: 40, lossPercent: 20 };

interface NetworkSlidersProps {
  readonly room: string;
  readonly seat: SeatInfo;
  /** What the hub has; undefined: nothing is done to this seat. */
  readonly lab: Lab | undefined;
}

export function NetworkSliders({ room, seat: { seat, name, device }, lab }: NetworkSlidersProps): VNode {
  const doing = useDoing();
  const [shown, set] = useSettings(lab ?? GOOD, (wanted) => {
    void doing.run(() => lead('POST /api/rooms/{room}/lab', { room }, { seat, lab: wanted }));
  });
  return (
    <fieldset class={`network ${seat}`}>
      <legend>{texts.network(seatName(seat), name ?? device ?? '')}</legend>
      <Slider
        name={texts.delay}
        most={LAB_LIMITS.delayMs}
        value={shown.delayMs}
        say={texts.ms}
        change={(delayMs) => set({ ...shown, delayMs })}
      />
      <Slider
        name={texts.jitter}
        most={LAB_LIMITS.jitterMs}
        value={shown.jitterMs}
        say={texts.plusMinus}
        change={(jitterMs) => set({ ...shown, jitterMs })}
      />
      <Slider
        name={texts.loss}
        most={LAB_LIMITS.lossPercent}
        value={shown.lossPercent}
        say={texts.percent}
        change={(lossPercent) => set({ ...shown, lossPercent })}
      />
      <p class="buttons">
        <button type="button" onClick={() => set(GOOD)}>
          {texts.good}
        </button>
        <button type="button" onClick={() => set(BAD)}>
          {texts.bad}
        </button>
      </p>
      <Trouble of={doing.trouble} />
    </fieldset>
  );
}

/** What the sliders show: the hub's word, and the reader's own while it is on its way. */
function useSettings(told: Lab, send: (wanted: Lab) => void): readonly [Lab, (wanted: Lab) => void] {
  const [own, setOwn] = useState<Lab | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const word = JSON.stringify(told);
  // What the hub says next is the truth again, be it what was asked for or not.
  useEffect(() => setOwn(null), [word]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (wanted: Lab): void => {
    setOwn(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(wanted), REST_MS);
  };
  return [own ?? told, set];
}

interface SliderProps {
  readonly name: string;
  readonly most: number;
  readonly value: number;
  readonly say: (value: number) => string;
  readonly change: (value: number) => void;
}

function Slider({ name, most, value, say, change }: SliderProps): VNode {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{name}</label>
      <input
        id={id}
        type="range"
        min="0"
        max={most}
        step={most > 100 ? 5 : 1}
        value={value}
        aria-valuetext={say(value)}
        onInput={(event) => change(Number(event.currentTarget.value))}
      />
      <output for={id}>{say(value)}</output>
    </div>
  );
}
