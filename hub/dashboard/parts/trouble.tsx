/** What went wrong, as a sentence with its way out. */
import type { VNode } from 'preact';
import type { ApiError } from '../live/api.ts';

export function Trouble({ of }: { readonly of: ApiError | null }): VNode | null {
  if (of === null) return null;
  return (
    <p class="trouble" role="alert">
      <strong>{of.message}</strong> {of.remedy}
    </p>
  );
}
