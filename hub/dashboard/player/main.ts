/** The page of a journal: `paddlewire journal export --html` puts the journal into it as base64. No network, no hub. */
import { PaddlewireError } from '../../../shared/errors.ts';
import { openJournal } from '../../../shared/journal/open.ts';
import { Film } from './film.ts';
import { Player } from './player.ts';
import './player.css';

const journal = document.getElementById('journal')?.textContent ?? '';
try {
  const bytes = Uint8Array.from(atob(journal.trim()), (letter) => letter.charCodeAt(0));
  const reader = openJournal(bytes);
  const film = new Film(reader);
  new Player(document.body, film, reader).start();
} catch (error) {
  if (!(error instanceof PaddlewireError)) throw error;
  const words = document.createElement('p');
  words.className = 'warning';
  words.textContent = `${error.message} (${error.code})`;
  document.body.append(words);
}
