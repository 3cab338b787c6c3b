/** A journal as one page that plays in any browser, from a file, with nothing else. */
import { readFileSync } from 'node:fs';
import { MIME_TYPE } from '../../../shared/journal/format.ts';
import { compiledUrl } from '../../../shared/package-files.ts';

/** Bytes of the journal in one piece of text; a multiple of three, so that the pieces join. */
const PIECE = 48_000;

const built = (name: string): string => readFileSync(compiledUrl(`hub/journal-player/${name}`), 'utf8');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** @param name of the file */
export function* playerPage(name: string, bytes: Uint8Array): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(name)}</title>
<style>${built('player.css')}</style>
</head>
<body>
<script type="${MIME_TYPE}" id="journal">
`;
  for (let from = 0; from < bytes.length; from += PIECE)
    yield Buffer.from(bytes.subarray(from, from + PIECE)).toString('base64');
  // A script ends at its first end tag, wherever that stands.
  yield `
</script>
<script>${built('player.js').replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}
