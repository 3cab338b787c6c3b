/** Values of options, checked: what a command line says is a text first. */
import { FieldError, type Field } from '../../shared/contract/fields.ts';
import { PaddlewireError } from '../../shared/errors.ts';

/** A text as the contract wants it. @throws PaddlewireError usage */
export function worded(option: string, value: string, field: Field<string>): string {
  try {
    return field.check(value);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new PaddlewireError('usage', `--${option} ${error.message}.`);
  }
}

/** @throws PaddlewireError usage */
export function integerOf(option: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new PaddlewireError('usage', `--${option} must be an integer from ${min} to ${max}.`);
}
