/** A sheet of figures: names on the left, values on the right. What the hub does not tell is left out. */
import type { ComponentChildren, VNode } from 'preact';

interface FiguresProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Figures({ title, children }: FiguresProps): VNode {
  return (
    <section class="sheet figures">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string | number | null;
}

export function Figure({ name, value }: FigureProps): VNode | null {
  if (value === null) return null;
  return (
    <p class="figure">
      <span>{name}</span> <b>{value}</b>
    </p>
  );
}
