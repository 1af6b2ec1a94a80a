import { RefObject } from 'react';
import { useLabelId } from '../hooks/useLabelId';

const MOST_OPTIONS = 50;

/** Those with the text in them, each once; few enough to be looked through. */
function suggest(options: string[], text: string): string[] {
  const wanted = text.trim().toLocaleLowerCase();
  return [...new Set(options)]
    .filter(option => option.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_OPTIONS);
}

/** A text field with its label. */
export function TextField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  hint?: string;
  wide?: boolean;
  /** Suggested while one types; anything else can be typed as well. */
  options?: string[];
  inputRef?: RefObject<HTMLInputElement>;
}) {
  const id = useLabelId();
  const { options, value } = props;
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
        value={value}
        list={options && `${id}-list`}
        placeholder={props.placeholder}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={event => props.onChange(event.target.value)}
      />
      {options && (
        <datalist id={`${id}-list`}>
          {suggest(options, value).map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {props.hint && (
        <span id={`${id}-hint`} className="gc-small gc-quiet">
          {props.hint}
        </span>
      )}
    </div>
  );
}
