/** Who is best: by what is nearly sure of a player, with what is not sure drawn beside it. */
import type { VNode } from 'preact';
import type { LadderLine } from '../../../../shared/contract/league-api.ts';
import { DotText } from '../../parts/dot-text.tsx';
import { skill, texts } from '../../texts/league.ts';

export function LadderTable({ lines }: { readonly lines: readonly LadderLine[] }): VNode {
  const scale = scaleOf(lines);
  return (
    <table class="sheet ladder">
      <thead>
        <tr>
          <th scope="col">{texts.place}</th>
          <th scope="col">{texts.name}</th>
          <th scope="col" class="number">
            {texts.score}
          </th>
          <th scope="col" class="skill">
            {texts.skill}
          </th>
          <th scope="col" class="number games">
            {texts.games}
          </th>
          <th scope="col" class="number wins">
            {texts.wins}
          </th>
          <th scope="col" class="number disconnects">
            {texts.disconnects}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <td class="place">
              <DotText text={String(line.rank)} />
            </td>
            <th scope="row">
              {line.name} {line.role === 'bot' && <small class="soft">{texts.bot}</small>}
            </th>
            <td class="number score">{skill(line.score)}</td>
            <td class="skill">
              <Range line={line} scale={scale} />
            </td>
            <td class="number games">{line.games}</td>
            <td class="number wins">{line.wins}</td>
            <td class="number disconnects">{line.disconnects}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Scale {
  readonly low: number;
  readonly width: number;
}

const SIGMAS = 3;

/** From what is the least of anybody to what is the most. */
function scaleOf(lines: readonly LadderLine[]): Scale {
  const low = Math.min(...lines.map(({ mu, sigma }) => mu - SIGMAS * sigma));
  const high = Math.max(...lines.map(({ mu, sigma }) => mu + SIGMAS * sigma));
  return { low, width: Math.max(1, high - low) };
}

/** Mu between mu − 3 sigma and mu + 3 sigma: the longer the bar, the less is known. */
function Range({ line: { mu, sigma }, scale }: { readonly line: LadderLine; readonly scale: Scale }): VNode {
  const percent = (value: number): string => `${(100 * (value - scale.low)) / scale.width}%`;
  const style = {
    '--from': percent(mu - SIGMAS * sigma),
    '--to': percent(mu + SIGMAS * sigma),
    '--mu': percent(mu),
  };
  return (
    <>
      <span class="range" style={style} aria-hidden="true" />
      <small>{texts.range(skill(mu), skill(SIGMAS * sigma))}</small>
    </>
  );
}
