/** Curves over the last minutes. What they tell in words stands beside them, so a reader of the screen misses nothing. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Curve, PlotOptions, plotIn, uPlot } from './plot.ts';

export interface ChartProps {
  readonly curves: readonly Curve[];
  readonly unit: string;
  /** Seconds, the newest 0; then a row for each curve, null where nothing is known. */
  readonly rows: readonly [readonly number[], ...(readonly (readonly (number | null)[])[])];
  readonly label: string;
  readonly height?: number;
  readonly seconds?: number;
}

export function Chart({ curves, unit, rows, label, height = 170, seconds = 120 }: ChartProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const key = JSON.stringify([curves, unit, height, seconds]);
  useEffect(() => {
    const element = place.current;
    return element === null ? undefined : keepPlot(element, { curves, unit, height, seconds }, setPlot);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for what the plot is made of
  }, [key]);
  useEffect(() => plot?.setData(rows.map((row) => [...row]) as uPlot.AlignedData), [plot, rows]);
  return <div class="chart" ref={place} role="img" aria-label={label} style={{ minHeight: `${height}px` }} />;
}

/** Draws anew when the reader's scheme changes, and follows the width. @returns what ends it */
function keepPlot(element: HTMLElement, options: PlotOptions, show: (plot: uPlot | null) => void): () => void {
  const drawn: { plot: uPlot | null; plotIn: typeof plotIn | null } = { plot: null, plotIn: null };
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const draw = (): void => {
    drawn.plot?.destroy();
    drawn.plot = drawn.plotIn?.(element, options) ?? null;
    show(drawn.plot);
  };
  const resized = new ResizeObserver(() => drawn.plot?.setSize({ width: element.clientWidth, height: options.height }));
  let ended = false;
  import('./plot.ts').then(
    (loaded) => {
      if (ended) return;
      drawn.plotIn = loaded.plotIn;
      draw();
      scheme.addEventListener('change', draw);
      resized.observe(element);
    },
    // Without the curves the words beside them remain.
    () => {},
  );
  return () => {
    ended = true;
    resized.disconnect();
    scheme.removeEventListener('change', draw);
    drawn.plotIn = null;
    draw();
  };
}
