import { RefObject } from 'react';
import { useLabelId } from '../hooks/useLabelId';

/** A text field with its label. */
export function TextField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  hint?: string;
  wide?: boolean;
  inputRef?: RefObject<HTMLInputElement>;
}) {
  const id = useLabelId();
  return (
    <div className={props.wide ? 'gc-field gc-field-wide' : 'gc-field'}>
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        ref={props.inputRef}
        className="gc-input"
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={props.value}
        placeholder={props.placeholder}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={event => props.onChange(event.target.value)}
      />
      {props.hint && (
        <span id={`${id}-hint`} className="gc-small gc-quiet">
          {props.hint}
        </span>
      )}
    </div>
  );
}
