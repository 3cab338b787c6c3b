/** Something that the reader started and that may fail: whether it runs, and what went wrong. */
import { useRef, useState } from 'preact/hooks';
import { ApiError } from './api.ts';

export interface Doing {
  readonly busy: boolean;
  readonly trouble: ApiError | null;
  /** Runs it, unless something runs already. @returns whether it was done */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useDoing(): Doing {
  const [state, setState] = useState<Pick<Doing, 'busy' | 'trouble'>>({ busy: false, trouble: null });
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setState({ busy: true, trouble: null });
    try {
      await work();
      setState({ busy: false, trouble: null });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState({ busy: false, trouble: error });
      return false;
    } finally {
      running.current = false;
    }
  };
  return { ...state, run };
}
