/** The ways between the pages of the league. */
import type { VNode } from 'preact';
import { LEAGUE_PAGES, PATHS } from '../../paths.ts';
import { page } from '../../router.ts';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import './league.css';

export function LeagueTabs(): VNode {
  return (
    <ul class="tabs" aria-label={texts.partsHeading}>
      {LEAGUE_PAGES.map((name) => (
        <li key={name}>
          <a class="button" href={PATHS[name]} {...(name === page.value && { 'aria-current': 'page' as const })}>
            {name === 'league' ? texts.ladder : common.pages[name]}
          </a>
        </li>
      ))}
    </ul>
  );
}
