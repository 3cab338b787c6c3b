/** What stands around every page: the head with its ways, what is wrong with the hub, and the page's one question. */
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Live } from './live/live.ts';
import { PAGES, type PageEntry, type PageProps } from './pages.ts';
import { Banner, Masthead } from './parts/masthead.tsx';
import { Sheet } from './parts/sheet.tsx';
import { QuestionDialog } from './parts/question.tsx';
import { PATHS, type PageName } from './paths.ts';
import { page, place } from './router.ts';
import { texts } from './texts/common.ts';

export function Frame({ live }: { readonly live: Live }): VNode {
  const name = page.value;
  const entry = name === null ? undefined : PAGES[name];
  const bare = entry?.frame === 'bare';
  useConnection(live, bare ? null : (name ?? ''));
  useEffect(() => {
    live.watchesPlay.value = entry?.play === true;
  }, [live, entry]);
  useEffect(() => {
    document.title = name === null || name === 'projector' ? texts.brand : `${texts.pages[name]} · ${texts.brand}`;
  }, [name]);
  return (
    <>
      {!bare && (
        <>
          <a class="to-main" href="#main" onClick={toMain}>
            {texts.toMain}
          </a>
          <Masthead live={live} />
          <Banner live={live} />
        </>
      )}
      {entry === undefined || name === null ? <NoPage /> : <Loaded key={name} name={name} entry={entry} live={live} />}
      <QuestionDialog />
    </>
  );
}

/** The connection is made for the first page that shows anything live, and stays. */
function useConnection(live: Live, livePage: string | null): void {
  useEffect(() => {
    if (livePage !== null) live.connect();
  }, [live, livePage]);
}

/** By script: the address of a page may have a hash of its own. */
function toMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('main')?.focus();
}

interface LoadedProps extends PageProps {
  readonly name: PageName;
  readonly entry: PageEntry;
}

function Loaded({ name, entry, live }: LoadedProps): VNode {
  const [Page, setPage] = useState<ComponentType<PageProps> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    entry.load().then(
      (loaded) => !gone && setPage(() => loaded),
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [entry]);
  if (failed) {
    return (
      <main class="no-room" tabIndex={-1}>
        <Sheet title={texts.chunkFailed}>
          <p>{texts.chunkFailedText}</p>
          <button type="button" class="main" onClick={() => location.reload()}>
            {texts.reload}
          </button>
        </Sheet>
      </main>
    );
  }
  if (Page === null) return <main class="loading" aria-busy="true" aria-label={texts.loading} tabIndex={-1} />;
  return <Page key={name} live={live} />;
}

function NoPage(): VNode {
  return (
    <main class="no-room" tabIndex={-1}>
      <Sheet title={texts.unknownPage}>
        <p>{texts.unknownPageText(place.value.path)}</p>
        <p>
          <a href={PATHS.projector}>{texts.toCourt}</a>
        </p>
      </Sheet>
    </main>
  );
}
