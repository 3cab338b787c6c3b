/** A form made from a game's own schema: a field for each parameter, with its range, unit and sentence. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { HubInfo } from '../../../../shared/contract/api.ts';
import { parameterName, texts } from '../../texts/rooms.ts';

export type Parameter = HubInfo['games'][number]['parameters'][string];
export type Values = Readonly<Record<string, unknown>>;

interface ParameterFieldsProps {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly values: Values;
  readonly change: (values: Values) => void;
}

export function ParameterFields({ parameters, values, change }: ParameterFieldsProps): VNode {
  return (
    <div class="parameters">
      {Object.entries(parameters).map(([name, parameter]) => (
        <Field
          key={name}
          name={name}
          parameter={parameter}
          value={values[name] ?? parameter.default}
          change={(value) => change({ ...values, [name]: value })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}

function Field({ name, parameter, value, change }: FieldProps): VNode {
  const id = useId();
  const { kind, doc, min, max, unit = '', choices = [] } = parameter;
  const range = min === undefined || max === undefined ? unit : texts.range(min, max, unit);
  return (
    <div class="field">
      <label for={id}>{parameterName(name)}</label>
      {kind === 'choice' ? (
        <select id={id} value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          required
          step="1"
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          value={String(value)}
          aria-describedby={`${id}-doc`}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      <small id={`${id}-doc`}>
        {texts.parameterDoc(doc)}
        <span class="range">{range}</span>
      </small>
    </div>
  );
}

/** What was typed as the game takes it: a number where it wants one. The browser has held the ranges by then. */
export const taken = (parameters: Readonly<Record<string, Parameter>>, values: Values): Values =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { kind }]) => {
      const value = values[name];
      if (value === undefined) return [];
      return [[name, kind === 'integer' ? Number(value) : value]];
    }),
  );
