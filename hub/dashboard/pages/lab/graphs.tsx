/** Curves of the last minute: how long each seat's messages take, and how far off the ball is on the far screen. */
import { type Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { History, type Rows } from '../../live/history.ts';
import type { Live } from '../../live/live.ts';
import type { SeatInfo } from '../../live/model.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import { seatName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/lab.ts';

const SHOWN_S = 60;
const ERROR_EVERY_MS = 250;

interface GraphsProps {
  readonly live: Live;
  readonly seats: readonly SeatInfo[];
  readonly seat: string;
  readonly error: Signal<number | null> | null;
}

export function Graphs({ live, seats, seat, error }: GraphsProps): VNode {
  return (
    <div class="lab-graphs">
      <RoundTrips live={live} seats={seats} />
      {error !== null && <BallError key={seat} seat={seat} error={error} />}
    </div>
  );
}

function RoundTrips({ live, seats }: Pick<GraphsProps, 'live' | 'seats'>): VNode {
  const health = live.health.value;
  const delays = seats.map(({ device }) => health?.links.get(device ?? '')?.roundTripMs ?? null);
  const key = seats.map((one) => one.device).join(' ');
  const rows = useHistory(key, seats.length, delays, health);
  const said = seats.map(
    ({ seat }, at) => `${seatName(seat)} ${delays[at] == null ? '–' : common.roundTrip(delays[at])}`,
  );
  return (
    <section class="sheet">
      <h3>{texts.roundTrip}</h3>
      {seats.length === 0 ? (
        <p class="soft">{texts.nothingYet}</p>
      ) : (
        <Chart
          curves={seats.map(({ seat }, at) => ({ label: said[at] ?? '', colour: seat }))}
          unit="ms"
          rows={rows}
          label={`${texts.roundTrip}: ${said.join(', ')}`}
          seconds={SHOWN_S}
        />
      )}
    </section>
  );
}

/** One sample each time that something is told. */
function useHistory(key: string, count: number, values: readonly (number | null)[], told: unknown): Rows {
  const kept = useRef<{ readonly key: string; readonly history: History } | null>(null);
  if (kept.current?.key !== key) kept.current = { key, history: new History(SHOWN_S * 1000, count) };
  const { history } = kept.current;
  const [rows, setRows] = useState<Rows>(history.rows);
  useEffect(() => {
    history.take(performance.now(), values);
    setRows(history.rows);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the values are those of what was told
  }, [told, history]);
  return rows.length === count + 1 ? rows : history.rows;
}

function BallError({ seat, error }: { readonly seat: string; readonly error: Signal<number | null> }): VNode {
  const [{ rows, now }, set] = useState<{ rows: Rows; now: number | null }>({ rows: [[], []], now: null });
  useEffect(() => {
    const history = new History(SHOWN_S * 1000, 1);
    const timer = setInterval(() => {
      history.take(performance.now(), [error.peek()]);
      set({ rows: history.rows, now: error.peek() });
    }, ERROR_EVERY_MS);
    return () => clearInterval(timer);
  }, [error]);
  const heading = texts.ballError(seatName(seat));
  const said = now === null ? texts.nothingYet : texts.errorNow(now.toFixed(0));
  return (
    <section class="sheet">
      <h3>{heading}</h3>
      <Chart
        curves={[{ label: texts.shown, colour: seat }]}
        unit="px"
        rows={rows}
        label={`${heading}: ${said}`}
        seconds={SHOWN_S}
      />
    </section>
  );
}
