/** A countdown as whole seconds, kept up to date while it is on the page. */
import { useEffect, useState } from 'preact/hooks';

const LOOK_MS = 50;

/** @param ends by performance.now(), in ms. @returns seconds, at least 1 */
export function useSecondsLeft(ends: number): number {
  const [left, setLeft] = useState(() => ends - performance.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(ends - performance.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [ends]);
  return Math.max(1, Math.ceil(left / 1000));
}
