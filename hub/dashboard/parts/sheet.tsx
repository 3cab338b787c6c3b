/** A sheet of paper with a heading in the arcade's squares. */
import type { ComponentChildren, VNode } from 'preact';
import { DotText } from './dot-text.tsx';

interface SheetProps {
  readonly title: string;
  readonly seat?: string;
  readonly children?: ComponentChildren;
}

export function Sheet({ title, seat, children }: SheetProps): VNode {
  return (
    <section class={`notice ${seat ?? ''}`}>
      <h2>
        <DotText text={title} />
      </h2>
      {children}
    </section>
  );
}
