/** A game of words: one button for each, the newest choice marked. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

export interface ChoicesProps {
  readonly words: readonly string[];
  readonly choose: (word: string) => void;
}

export function Choices({ words, choose }: ChoicesProps): VNode {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div class="choices">
      {words.map((word) => (
        <button
          type="button"
          key={word}
          aria-pressed={word === chosen}
          onClick={() => {
            setChosen(word);
            choose(word);
          }}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
