/** Who has won the most: of all time, or today; and the matches of one of them. */
import type { VNode } from 'preact';
import { PERIODS, type LeaderboardLine } from '../../../../shared/contract/api.ts';
import { useAsked } from '../../live/asked.ts';
import { MatchList } from '../../parts/match-list.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { DotText } from '../../parts/dot-text.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PATHS } from '../../paths.ts';
import { place } from '../../router.ts';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/scores.ts';
import './leaderboard.css';

const AGAIN_MS = 5000;

type Period = (typeof PERIODS)[number];

export function Leaderboard(): VNode {
  const { query } = place.value;
  const period = PERIODS.find((one) => one === query.get('period')) ?? 'lifetime';
  const chosen = query.get('device');
  const { answer: lines, trouble } = useAsked('GET /api/leaderboard/{period}', { period }, AGAIN_MS);
  const name = lines?.find(({ device }) => device === chosen)?.name ?? chosen;
  return (
    <PageFrame title={common.pages.leaderboard} name="leaderboard" tools={<Periods period={period} />}>
      <Trouble of={trouble} />
      {lines?.length === 0 && (
        <Sheet title={texts.nobody}>
          <p>{texts.nobodyText}</p>
        </Sheet>
      )}
      <div class={`leaders ${chosen === null ? '' : 'with-history'}`}>
        {lines !== null && lines.length > 0 && <Table lines={lines} period={period} chosen={chosen} />}
        {chosen !== null && <DeviceHistory key={chosen} device={chosen} name={name ?? chosen} period={period} />}
      </div>
    </PageFrame>
  );
}

/** The address of the table, and of a device's matches beside it. */
const addressOf = (period: Period, device: string | null): string => {
  const query = new URLSearchParams({ ...(period !== 'lifetime' && { period }), ...(device !== null && { device }) });
  const asked = query.toString();
  return asked === '' ? PATHS.leaderboard : `${PATHS.leaderboard}?${asked}`;
};

function Periods({ period }: { readonly period: Period }): VNode {
  return (
    <ul class="tabs" aria-label={texts.periodsHeading}>
      {PERIODS.map((one) => (
        <li key={one}>
          <a class="button" href={addressOf(one, null)} {...(one === period && { 'aria-current': 'true' as const })}>
            {texts.periods[one]}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface TableProps {
  readonly lines: readonly LeaderboardLine[];
  readonly period: Period;
  readonly chosen: string | null;
}

function Table({ lines, period, chosen }: TableProps): VNode {
  return (
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col">{texts.place}</th>
          <th scope="col">{texts.name}</th>
          <th scope="col" class="kind">
            {texts.kind}
          </th>
          <th scope="col" class="number">
            {texts.wins}
          </th>
          <th scope="col" class="number">
            {texts.points}
          </th>
          <th scope="col" class="number matches">
            {texts.matches}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={line.device} class={line.device === chosen ? 'chosen' : ''}>
            <td class="place">
              <DotText text={String(index + 1)} />
            </td>
            <th scope="row">
              <a href={addressOf(period, line.device)}>{line.name}</a>
            </th>
            <td class="kind">{common.kinds[line.kind] ?? line.kind}</td>
            <td class="number">{line.wins}</td>
            <td class="number">{line.points}</td>
            <td class="number matches">{line.matches}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DeviceHistoryProps {
  readonly device: string;
  readonly name: string;
  readonly period: Period;
}

function DeviceHistory({ device, name, period }: DeviceHistoryProps): VNode {
  const { answer: matches, trouble, again } = useAsked('GET /api/devices/{device}/history', { device }, AGAIN_MS);
  return (
    <section class="device-history" aria-label={texts.historyOf(name)}>
      <header>
        <h3>{texts.historyOf(name)}</h3>
        <a href={addressOf(period, null)}>{texts.close}</a>
      </header>
      <Trouble of={trouble} />
      {matches?.length === 0 && <p class="soft">{texts.noMatches}</p>}
      <MatchList matches={matches ?? []} changed={again} />
    </section>
  );
}
