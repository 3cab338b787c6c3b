/** What is mine: tokens, devices, ratings with their course, matches, and the password. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Me, OpenedSession } from '../../../../shared/contract/league-api.ts';
import { asUser, keepAccount } from '../../live/account.ts';
import { useAsked } from '../../live/asked.ts';
import { useDoing } from '../../live/doing.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { gameName } from '../../texts/common.ts';
import { skill, texts } from '../../texts/league.ts';
import { GameList } from '../league/game-list.tsx';
import { Password } from './password.tsx';
import { RatingCourse } from './rating-course.tsx';
import { Tokens } from './tokens.tsx';

const AGAIN_MS = 4000;

export function Mine({ opened: { session, user } }: { readonly opened: OpenedSession }): VNode {
  const { answer: mine, trouble, again } = useAsked('GET /api/league/me', {}, AGAIN_MS, session);
  const doing = useDoing();
  if (trouble?.code === 'login-required') keepAccount(null);
  const logout = (): Promise<boolean> =>
    doing.run(async () => {
      await asUser('POST /api/league/logout', {});
      keepAccount(null);
    });
  return (
    <>
      <p class="hello">
        <b>{texts.hello(user.name)}</b> <span class="soft">{texts.roles[user.role]}</span>
        <button type="button" disabled={doing.busy} onClick={() => void logout()}>
          {texts.logout}
        </button>
      </p>
      <Trouble of={doing.trouble ?? trouble} />
      {mine !== null && (
        <div class="mine">
          <div>
            <Tokens tokens={mine.tokens} changed={again} />
            <Games session={session} />
          </div>
          <div>
            <Ratings name={user.name} ratings={mine.ratings} />
            <Devices devices={mine.devices} />
            <Password />
          </div>
        </div>
      )}
    </>
  );
}

function Devices({ devices }: Pick<Me, 'devices'>): VNode {
  return (
    <section class="sheet">
      <h3>{texts.devices}</h3>
      {devices.length === 0 && <p class="soft">{texts.noDevices}</p>}
      <ul class="own-devices">
        {devices.map(({ device, name, doing, note }) => (
          <li key={device}>
            <b>{name === '' ? device : name}</b> <small class="soft">{texts.doing[doing]}</small>
            {note !== '' && <p class="soft">{note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ratings({ name, ratings }: Pick<Me, 'ratings'> & { readonly name: string }): VNode {
  return (
    <section class="sheet">
      <h3>{texts.ratings}</h3>
      {ratings.length === 0 && <p class="soft">{texts.noRatings}</p>}
      <ul class="ratings">
        {ratings.map(({ game, rank, mu, sigma, score, wins, draws, losses }) => (
          <li key={game}>
            <p>
              <b>{gameName(game)}</b> {texts.rank(rank)} · {texts.score} {skill(score)}{' '}
              <small class="soft">{texts.range(skill(mu), skill(3 * sigma))}</small>
            </p>
            <p class="soft">{texts.record(wins, draws, losses)}</p>
            <RatingCourse user={name} game={game} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Games({ session }: { readonly session: string }): VNode {
  const [number, setNumber] = useState(1);
  const { answer: page, trouble } = useAsked(
    'GET /api/league/me/games/{page}',
    { page: String(number) },
    AGAIN_MS,
    session,
  );
  return (
    <section class="sheet">
      <h3>{texts.myGames}</h3>
      <Trouble of={trouble} />
      {page?.total === 0 && <p class="soft">{texts.noGames}</p>}
      <GameList games={page?.games ?? []} />
      {page !== null && page.pages > 1 && (
        <p class="buttons">
          <button type="button" disabled={number <= 1} onClick={() => setNumber(number - 1)}>
            {texts.newer}
          </button>
          <span>{texts.pageOf(page.page, page.pages)}</span>
          <button type="button" disabled={number >= page.pages} onClick={() => setNumber(number + 1)}>
            {texts.older}
          </button>
        </p>
      )}
    </section>
  );
}
