/** A name or a password to be typed, with what the browser may fill in, and a hint below it. */
import type { ComponentChildren, VNode } from 'preact';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly complete: 'username' | 'current-password' | 'new-password' | 'off';
  readonly pattern?: string;
  readonly least?: number;
  readonly needed?: boolean;
  readonly children?: ComponentChildren;
}

export function Field({
  label,
  value,
  change,
  complete,
  pattern,
  least = 0,
  needed = true,
  children,
}: FieldProps): VNode {
  const field = {
    autocomplete: complete,
    required: needed,
    maxLength: complete === 'username' ? 32 : 128,
    minLength: least,
    value,
    onInput: (event: InputEvent): void => change((event.currentTarget as HTMLInputElement).value),
    ...(pattern !== undefined && { pattern }),
  };
  return (
    <label>
      {label}
      {complete.endsWith('password') ? (
        <input type="password" {...field} />
      ) : (
        <input autocapitalize="off" spellcheck={false} {...field} />
      )}
      {children !== undefined && <small class="soft">{children}</small>}
    </label>
  );
}
