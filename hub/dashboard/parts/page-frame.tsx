/** A page of sheets under a heading: whatever is no court. It scrolls by itself, the head stays. */
import type { ComponentChildren, VNode } from 'preact';
import { DotText } from './dot-text.tsx';

interface PageFrameProps {
  readonly title: string;
  /** Its style sheet's class. */
  readonly name: string;
  /** Beside the heading. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function PageFrame({ title, name, tools, children }: PageFrameProps): VNode {
  return (
    <main class={`page ${name}`} tabIndex={-1}>
      <header class="page-head">
        <h2>
          <DotText text={title} />
        </h2>
        {tools}
      </header>
      {children}
    </main>
  );
}
