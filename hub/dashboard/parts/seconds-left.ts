/** A countdown as whole seconds, kept up to date while it is on the page. */
import { useEffect, useState } from 'preact/hooks';

const LOOK_MS = 50;

/** @param ends by performance.now(), in ms. @returns seconds, at least 1 */
export function useSecondsLeft(ends: number): number {
  const [left, setLeft] = useState(() => secondsTo(ends));
  useEffect(() => {
    setLeft(secondsTo(ends));
    const timer = setInterval(() => setLeft(secondsTo(ends)), LOOK_MS);
    return () => clearInterval(timer);
  }, [ends]);
  return left;
}

const secondsTo = (ends: number): number => Math.max(1, Math.ceil((ends - performance.now()) / 1000));
