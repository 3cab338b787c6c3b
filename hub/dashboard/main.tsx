/** Entry of the dashboard: makes the one store, follows the address, and draws the frame. */
import { render } from 'preact';
import { Frame } from './frame.tsx';
import { Live } from './live/live.ts';
import { followAddress } from './router.ts';
import { language } from './texts/language.ts';

document.documentElement.lang = language;
followAddress();
const root = document.getElementById('app');
if (root !== null) render(<Frame live={new Live(() => performance.now())} />, root);
