/** A game of words: one button for each, the newest choice marked until the turn is over. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { controlText } from '../texts/play.ts';

export interface ChoicesProps {
  readonly words: readonly string[];
  /** Another number in each turn. */
  readonly turn: number;
  readonly choose: (word: string) => void;
}

export function Choices({ words, turn, choose }: ChoicesProps): VNode {
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(null), [turn]);
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
          {controlText(word)}
        </button>
      ))}
    </div>
  );
}
