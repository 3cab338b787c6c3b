/** `paddlewire room`: what a teacher tells a room of a running hub. */
import { PaddlewireError } from '../../shared/errors.ts';
import { print, type Command } from './context.ts';
import { hubHttp } from './hub-http.ts';
import { parseOptions } from './hub-options.ts';

const OPTIONS = { host: { type: 'string', default: 'localhost' }, secret: { type: 'string' } } as const;

export const room: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, OPTIONS, true);
  const [name, word, ...more] = positionals;
  if (name === undefined || word === undefined || more.length !== (word === 'fork' ? 2 : 0))
    throw new PaddlewireError(
      'usage',
      'Say `room NAME WORD`: pause, resume, `fork MATCH TICK`, or a word of its game, e.g. `room quiz arm`.',
    );
  const hub = hubHttp(values['host'] as string, values['secret'] as string | undefined);
  const path = `/api/rooms/${encodeURIComponent(name)}`;
  if (word === 'pause' || word === 'resume') await hub.post(`${path}/${word}`);
  else if (word === 'fork') await hub.post(`${path}/fork`, { match: more[0], tick: Number(more[1]) });
  else await hub.post(`${path}/host`, { word });
  print(context, `${name}: ${word}.`);
  return 0;
};
