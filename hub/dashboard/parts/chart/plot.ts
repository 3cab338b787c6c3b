/** The library that draws curves, with its own style sheet: loaded when the first curve is to be seen. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './plot.css';

export type { uPlot };

export interface Curve {
  readonly label: string;
  /** A colour of the style sheet, without its two hyphens. */
  readonly colour: string;
  readonly dashed?: boolean;
}

export interface PlotOptions {
  readonly curves: readonly Curve[];
  readonly unit: string;
  readonly height: number;
  /** How far back it reaches. */
  readonly seconds: number;
}

export function plotIn(element: HTMLElement, { curves, unit, height, seconds }: PlotOptions): uPlot {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const font = '12px system-ui, sans-serif';
  const axis = {
    stroke: colour('ink-soft'),
    font,
    grid: { stroke: colour('rule'), width: 1 },
    ticks: { stroke: colour('edge'), width: 1, size: 4 },
  };
  const options: uPlot.Options = {
    width: Math.max(200, element.clientWidth),
    height,
    cursor: { drag: { x: false, y: false } },
    legend: { live: false },
    scales: {
      x: { time: false, range: [-seconds, 0] },
      y: { range: (_self, _low, high) => [0, Math.max(1, high * 1.15)] },
    },
    axes: [
      { ...axis, size: 30, values: (_self, ticks) => ticks.map((at) => `${at} s`) },
      { ...axis, size: 62, values: (_self, ticks) => ticks.map((value) => `${shortNumber(value)} ${unit}`.trim()) },
    ],
    series: [
      {},
      ...curves.map(({ label, colour: name, dashed = false }) => ({
        label,
        stroke: colour(name),
        width: 2,
        points: { show: false },
        ...(dashed && { dash: [6, 4] }),
      })),
    ],
  };
  return new uPlot(options, [[], ...curves.map(() => [])], element);
}

/** Room for the axis is small: 12 k instead of 12,000. */
const shortNumber = (value: number): string =>
  Math.abs(value) >= 1000 ? `${Number((value / 1000).toPrecision(3))} k` : String(Number(value.toPrecision(3)));
