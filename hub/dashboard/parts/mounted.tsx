/** A page that draws itself into an element, as a component: for the play page and the page without a hub. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** @param mount draws into an element; what it returns ends that */
export function mounted(mount: (root: HTMLElement) => () => void): () => VNode {
  return function Mounted(): VNode {
    const root = useRef<HTMLDivElement>(null);
    useEffect(() => (root.current === null ? undefined : mount(root.current)), []);
    return <div ref={root} />;
  };
}
