/** An answer of the hub that a page shows: asked for when the page opens, and again while somebody looks at it. */
import { useEffect, useState } from 'preact/hooks';
import type { AnswerOf, EndpointName } from '../../../shared/contract/api.ts';
import { ApiError, call, type Params } from './api.ts';
import { password } from './teacher.ts';

export interface Asked<A> {
  /** null before the first answer. */
  readonly answer: A | null;
  readonly trouble: ApiError | null;
  /** Asks once more, now. */
  readonly again: () => void;
}

/**
 * @param everyMs again after so long; 0: once. A page that nobody sees does not ask.
 * @param bearer a session of the league, where that asks
 */
export function useAsked<N extends EndpointName>(
  name: N,
  params: Params<N>,
  everyMs = 0,
  bearer = password.value,
): Asked<AnswerOf<N>> {
  const [asked, setAsked] = useState<Omit<Asked<AnswerOf<N>>, 'again'>>({ answer: null, trouble: null });
  const [times, setTimes] = useState(0);
  const key = JSON.stringify([name, params, bearer]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      if (!document.hidden) {
        const next = await call(name, params, undefined, bearer).then(
          (answer) => ({ answer, trouble: null }),
          (error: unknown) => ({ trouble: troubleOf(error) }),
        );
        if (ended) return;
        setAsked((before) => ({ ...before, ...next }));
      }
      if (everyMs > 0) timer = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for name and params
  }, [key, everyMs, times]);
  return { ...asked, again: () => setTimes((before) => before + 1) };
}

function troubleOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
