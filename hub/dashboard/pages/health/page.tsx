/** How the hub is: first in a sentence, then in figures and curves, then link by link. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { History, type Rows } from '../../live/history.ts';
import type { Live } from '../../live/live.ts';
import type { Health, Spread } from '../../live/model.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { texts as common } from '../../texts/common.ts';
import { duration, size, texts } from '../../texts/health.ts';
import { Figure, Figures } from './figures.tsx';
import { Links } from './links.tsx';
import { verdict } from './verdict.ts';
import './health.css';

const SHOWN_S = 120;

export function HealthPage({ live }: { readonly live: Live }): VNode {
  const health = live.health.value;
  return (
    <PageFrame title={common.pages.health} name="health" tools={<Verdict health={health} />}>
      {health === null ? <p>{texts.waiting}</p> : <Told health={health} />}
    </PageFrame>
  );
}

/** The sentence that a teacher needs; and where programs ask. */
function Verdict({ health }: { readonly health: Health | null }): VNode {
  const wrong = health === null ? [] : verdict(health);
  return (
    <>
      {health !== null && (
        <div class={`verdict ${wrong.length === 0 ? 'well' : 'unwell'}`} role="status">
          <strong>{wrong.length === 0 ? texts.well : texts.unwell}</strong>
          {wrong.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <p class="for-programs">
        {texts.others} <a href="/metrics">/metrics</a> <a href="/healthz">/healthz</a>
      </p>
    </>
  );
}

function Told({ health }: { readonly health: Health }): VNode {
  const { figures } = health;
  const { tickLatenessMs: lateness, tickWorkMs: work, messagesIn, messagesOut } = figures;
  const rows = useFigures(health);
  return (
    <div class="health-sheets">
      <Figures title={texts.ticks}>
        <Figure name={texts.spread(texts.lateness)} value={lateness && spreadOf(lateness)} />
        <Figure name={texts.spread(texts.work)} value={work && spreadOf(work)} />
        <Figure name={texts.skipped} value={figures.ticksSkipped} />
        <Chart
          curves={[
            { label: `${texts.lateness}, ${texts.half}`, colour: 'left' },
            { label: `${texts.lateness}, ${texts.most}`, colour: 'right', dashed: true },
          ]}
          unit="ms"
          rows={[rows[0], rows[1] ?? [], rows[2] ?? []]}
          seconds={SHOWN_S}
          label={`${texts.lateness}, ${texts.lastMinutes}`}
        />
      </Figures>
      <Figures title={texts.messages}>
        <Figure name={texts.in} value={messagesIn === null ? null : texts.perSecond(messagesIn)} />
        <Figure name={texts.out} value={messagesOut === null ? null : texts.perSecond(messagesOut)} />
        <Figure name={texts.clients} value={figures.clients} />
        {messagesOut !== null && (
          <Chart
            curves={[
              { label: texts.in, colour: 'up' },
              { label: texts.out, colour: 'down', dashed: true },
            ]}
            unit="/s"
            rows={[rows[0], rows[3] ?? [], rows[4] ?? []]}
            seconds={SHOWN_S}
            label={`${texts.messages}, ${texts.lastMinutes}`}
          />
        )}
      </Figures>
      <Figures title={texts.computer}>
        <Figure name={texts.uptime} value={figures.uptimeS === null ? null : duration(figures.uptimeS)} />
        <Figure name={texts.memory} value={figures.memoryBytes === null ? null : size(figures.memoryBytes)} />
        <Figure name={texts.disk} value={figures.diskFreeBytes === null ? null : size(figures.diskFreeBytes)} />
        <Figure name={texts.journal} value={figures.journalLagMs === null ? null : texts.ms(figures.journalLagMs)} />
        <Figure name={texts.unsaved} value={figures.unsaved} />
        <Figure name={texts.rooms} value={figures.rooms} />
        <Figure name={texts.devices} value={figures.devices} />
      </Figures>
      <Figures title={texts.refused}>
        {Object.keys(figures.refused).length === 0 && <Figure name={texts.noneRefused} value="" />}
        {Object.entries(figures.refused).map(([code, times]) => (
          <Figure key={code} name={code} value={times} />
        ))}
      </Figures>
      <Links links={[...health.links.values()]} />
    </div>
  );
}

const spreadOf = ({ p50, p99 }: Spread): string => `${texts.ms(p50)} / ${texts.ms(p99)}`;

/** A sample each second, for as long as this page is open: lateness, then messages. */
function useFigures(health: Health): Rows {
  const history = useRef(new History(SHOWN_S * 1000, 4));
  const [rows, setRows] = useState<Rows>([[], [], [], [], []]);
  useEffect(() => {
    const { tickLatenessMs, messagesIn, messagesOut } = health.figures;
    history.current.take(performance.now(), [
      tickLatenessMs?.p50 ?? null,
      tickLatenessMs?.p99 ?? null,
      messagesIn,
      messagesOut,
    ]);
    setRows(history.current.rows);
  }, [health]);
  return rows;
}
