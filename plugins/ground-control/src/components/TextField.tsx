import { RefObject } from 'react';
import { Field, FieldProps } from './Field';

const MOST_OPTIONS = 50;

/** Those with the text in them, each once; few enough to be looked through. */
function suggest(options: string[], text: string): string[] {
  const wanted = text.trim().toLocaleLowerCase();
  return [...new Set(options)]
    .filter(option => option.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_OPTIONS);
}

/** A text field with its label. */
export function TextField(
  props: FieldProps & {
    value: string;
    onChange(value: string): void;
    /** `search` can be emptied at once, and is what is meant where nothing is said. */
    type?: 'search' | 'text' | 'date';
    placeholder?: string;
    /** Suggested while one types; anything else can be typed as well. */
    options?: string[];
    inputRef?: RefObject<HTMLInputElement>;
  },
) {
  const { options, value, type = 'search' } = props;
  return (
    <Field {...props}>
      {control => (
        <>
          <input
            {...control}
            ref={props.inputRef}
            className="gc-input"
            type={type}
            autoComplete="off"
            spellCheck={false}
            value={value}
            list={options && `${control.id}-list`}
            placeholder={props.placeholder}
            onChange={event => props.onChange(event.target.value)}
          />
          {options && (
            <datalist id={`${control.id}-list`}>
              {suggest(options, value).map(option => (
                <option key={option} value={option} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
