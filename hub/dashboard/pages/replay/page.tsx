/** A match again, from its journal: the same rules in this page, tick by tick. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PaddlewireError } from '../../../../shared/errors.ts';
import type { JournalReader } from '../../../../shared/journal/journal-reader.ts';
import { openJournal } from '../../../../shared/journal/open.ts';
import { ApiError, journalBytes } from '../../live/api.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { matchAt, PATHS } from '../../paths.ts';
import { Film } from '../../player/film.ts';
import { place } from '../../router.ts';
import { gameName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/replay.ts';
import { when } from '../../texts/scores.ts';
import { Controls } from './controls.tsx';
import { Inspector } from './inspector.tsx';
import { Playback } from './playback.ts';
import { Screen } from './screen.tsx';
import { Timeline } from './timeline.tsx';
import './replay.css';

interface Opened {
  readonly reader: JournalReader;
  readonly playback: Playback;
}

export function Replay(): VNode {
  const match = matchAt(place.value.path);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  useEffect(() => {
    let gone = false;
    setOpened(null);
    setTrouble(null);
    open(match).then(
      (done) => !gone && setOpened(done),
      (error: unknown) => !gone && setTrouble(troubleOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [match]);
  useEffect(() => () => opened?.playback.stop(), [opened]);
  return (
    <PageFrame title={common.pages.replay} name="replay" tools={<Head opened={opened} />}>
      <Trouble of={trouble} />
      {opened === null && trouble === null && <p role="status">{texts.loading}</p>}
      {opened !== null && <Room {...opened} />}
    </PageFrame>
  );
}

function Head({ opened }: { readonly opened: Opened | null }): VNode {
  const header = opened?.reader.header;
  return (
    <p class="replay-head">
      {header !== undefined && (
        <b>
          {gameName(header.game)}, {when(header.startedAt)}
        </b>
      )}{' '}
      <a href={PATHS.matches}>{texts.back}</a>
    </p>
  );
}

function Room({ reader, playback }: Opened): VNode {
  return (
    <>
      {reader.damage !== null && <p class="trouble">{texts.damaged}</p>}
      <div class="replay-room">
        <Screen playback={playback} header={reader.header} />
        <Controls playback={playback} rate={reader.header.rate} />
        <Timeline playback={playback} rate={reader.header.rate} seats={reader.header.seats} />
        <Inspector playback={playback} />
      </div>
    </>
  );
}

/** @throws ApiError, PaddlewireError */
async function open(match: string): Promise<Opened> {
  const reader = openJournal(await journalBytes(match));
  const playback = new Playback(new Film(reader), reader.header.rate);
  const wished = place.peek().query.get('tick');
  if (wished !== null) playback.jump(Number(wished));
  return { reader, playback };
}

function troubleOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof PaddlewireError) return new ApiError(error.code, texts.cannot, texts.cannotText);
  throw error;
}
