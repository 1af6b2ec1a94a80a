import { useAskText } from '../hooks/useAskText';
import { useLabelId } from '../hooks/useLabelId';

/** What the backend takes. */
const MAX_REASON = 2_000;

/** Why something is asked for. */
export function ReasonField(props: {
  label?: string;
  value: string;
  onChange(value: string): void;
}) {
  const t = useAskText();
  const id = useLabelId();
  return (
    <div className="gc-field">
      <label htmlFor={id}>{props.label ?? t('form.reason')}</label>
      <textarea
        id={id}
        className="gc-input gc-reason"
        rows={2}
        maxLength={MAX_REASON}
        value={props.value}
        aria-describedby={`${id}-hint`}
        onChange={event => props.onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="gc-small gc-quiet">
        {t('form.reasonHint')}
      </span>
    </div>
  );
}
