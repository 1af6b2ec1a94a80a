import { Field, FieldProps } from './Field';

/** A choice: with its words, or one that is its own word; none where false. */
export type SelectOption<V extends string> =
  | V
  | readonly [value: V, text: string, more?: SelectOptionMore]
  | false;

interface SelectOptionMore {
  disabled?: boolean;
  title?: string;
}

/** A select with its label. */
export function SelectField<V extends string>(
  props: FieldProps & {
    value: V;
    options: ReadonlyArray<SelectOption<V>>;
    onChange(value: V): void;
  },
) {
  const { value, options, onChange } = props;
  return (
    <Field {...props}>
      {control => (
        <select
          {...control}
          className="gc-select"
          value={value}
          onChange={event => onChange(event.target.value as V)}
        >
          {options.map(option => {
            if (option === false) return null;
            const [each, text, more] =
              typeof option === 'string' ? [option, option] : option;
            return (
              <option key={each} value={each} {...more}>
                {text}
              </option>
            );
          })}
        </select>
      )}
    </Field>
  );
}
