import { useLabelId } from '../hooks/useLabelId';
import { useRequestsText } from '../hooks/useRequestsText';

const MOST_REASON = 2_000;

/** Why a block is overridden, and how much of a reason is still missing. */
export function OverrideReason(props: {
  value: string;
  least: number;
  onChange(value: string): void;
}) {
  const t = useRequestsText();
  const id = useLabelId();
  return (
    <div className="gc-field">
      <label htmlFor={id}>{t('override.reason')}</label>
      <textarea
        id={id}
        className="gc-input gc-comment"
        maxLength={MOST_REASON}
        value={props.value}
        aria-describedby={`${id}-hint`}
        onChange={event => props.onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="gc-small gc-quiet">
        {t('override.reasonHint', {
          least: String(props.least),
          number: String(props.value.trim().length),
        })}
      </span>
    </div>
  );
}
