/** The account of a player: log in or register, then tokens, devices, ratings and matches. */
import type { VNode } from 'preact';
import { account } from '../../live/account.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { texts as common } from '../../texts/common.ts';
import { LeagueTabs } from '../league/league-tabs.tsx';
import { Entry } from './entry.tsx';
import { Mine } from './mine.tsx';
import './account.css';

export function AccountPage(): VNode {
  const opened = account.value;
  return (
    <PageFrame title={common.pages.account} name="account" tools={<LeagueTabs />}>
      {opened === null ? <Entry /> : <Mine key={opened.session} opened={opened} />}
    </PageFrame>
  );
}
