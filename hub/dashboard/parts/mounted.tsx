/** A page that draws itself into an element and takes itself away again, as a component. */
import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** @param mount draws the page. @returns what takes it away */
export function mounted(mount: (root: HTMLElement) => () => void): FunctionComponent {
  return function Mounted() {
    const root = useRef<HTMLDivElement>(null);
    useEffect(() => (root.current === null ? undefined : mount(root.current)), []);
    return <div class="mounted" ref={root} />;
  };
}
