import { StatusGlyph } from '../components/StatusGlyph';
import { useLabelId } from '../hooks/useLabelId';

/** A field of a form of policies, with what is wrong with it beside it. */
export function PolicyField(props: {
  label: string;
  value: string;
  /** With their words; without any it is a text. */
  options?: ReadonlyArray<readonly [value: string, text: string]>;
  hint?: string;
  fault?: string;
  onChange(value: string): void;
}) {
  const id = useLabelId();
  const { label, value, options, hint, fault } = props;
  const shared = {
    id,
    value,
    'aria-invalid': fault !== undefined || undefined,
    'aria-describedby':
      [fault && `${id}-fault`, hint && `${id}-hint`]
        .filter(Boolean)
        .join(' ') || undefined,
  };
  return (
    <div className="gc-field">
      <label htmlFor={id}>{label}</label>
      {options ? (
        <select
          {...shared}
          className="gc-select"
          onChange={event => props.onChange(event.target.value)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          className="gc-input"
          autoComplete="off"
          spellCheck={false}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
      {fault && (
        <span id={`${id}-fault`} className="gc-small gc-bad gc-wrap">
          <StatusGlyph status="failed" /> {fault}
        </span>
      )}
      {hint && (
        <span id={`${id}-hint`} className="gc-small gc-quiet gc-wrap">
          {hint}
        </span>
      )}
    </div>
  );
}
