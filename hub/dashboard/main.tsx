/** Entry of the dashboard: makes the one store and the one connection, and hands them to the page. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { connectToHub } from './live/hub-link.ts';
import { Live } from './live/live.ts';
import { Page } from './parts/page.tsx';

const live = new Live(() => performance.now());
const roomInAddress = (): string => decodeURIComponent(location.hash.slice(1));
const wished = signal(roomInAddress());
addEventListener('hashchange', () => {
  wished.value = roomInAddress();
});

const root = document.getElementById('app');
if (root !== null) render(<Page live={live} wished={wished} />, root);
connectToHub(location, live);
