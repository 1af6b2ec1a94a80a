import { RefObject } from 'react';
import { Field, FieldProps } from './Field';

/** What the backend takes. */
const MOST = 2_000;

/** A field for sentences, with its label. */
export function ProseField(
  props: FieldProps & {
    value: string;
    onChange(value: string): void;
    inputRef?: RefObject<HTMLTextAreaElement>;
  },
) {
  return (
    <Field {...props}>
      {control => (
        <textarea
          {...control}
          ref={props.inputRef}
          className="gc-input"
          rows={2}
          maxLength={MOST}
          value={props.value}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
