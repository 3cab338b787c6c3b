/** The state of the rules at the tick, as a tree of names and values, and its hash: the one that every computer gets. */
import type { VNode } from 'preact';
import { stateHash } from '../../../../shared/sim/state-hash.ts';
import { texts } from '../../texts/replay.ts';
import type { Playback } from './playback.ts';

export function Inspector({ playback }: { readonly playback: Playback }): VNode {
  const tick = playback.tick.value;
  const { state, commands } = playback.film.replay;
  return (
    <section class="inspector sheet">
      <h3>{texts.inspector}</h3>
      <p>
        {texts.hash}:{' '}
        <code class="hash" data-tick={tick}>
          {stateHash(state)}
        </code>
      </p>
      <ul class="tree">
        <Node name={texts.commands} value={commands} />
        {entriesOf(state).map(([name, value]) => (
          <Node key={name} name={name} value={value} />
        ))}
      </ul>
    </section>
  );
}

interface NodeProps {
  readonly name: string;
  readonly value: unknown;
}

/** A value on a line; what has parts opens. Short lists stand on their line. */
function Node({ name, value }: NodeProps): VNode {
  const entries = entriesOf(value);
  const flat = JSON.stringify(value) ?? String(value);
  if (entries.length === 0 || flat.length <= SHORT) {
    return (
      <li>
        <span>{name}</span> <b>{flat}</b>
      </li>
    );
  }
  return (
    <li>
      <details>
        <summary>
          <span>{name}</span> <small>{texts.items(entries.length)}</small>
        </summary>
        <ul>
          {entries.map(([part, one]) => (
            <Node key={part} name={part} value={one} />
          ))}
        </ul>
      </details>
    </li>
  );
}

const SHORT = 32;

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
