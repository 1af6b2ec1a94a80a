import { usePagesText } from '../hooks/usePagesText';
import { UnknownFilter } from '../lib/urlState';

/** What of the URL was not understood, in sight, with a way to be rid of it. */
export function UnknownChips(props: {
  unknown: UnknownFilter[];
  onDismiss(): void;
}) {
  const t = usePagesText();
  if (!props.unknown.length) return null;
  return (
    <div className="gc-row" role="status">
      {props.unknown.map(({ key, value }) => (
        <span key={`${key}=${value}`} className="gc-chip gc-chip-warn">
          {t('board.unknownFilter', { key, value })}
        </span>
      ))}
      <button type="button" className="gc-button" onClick={props.onDismiss}>
        {t('board.dismiss')}
      </button>
    </div>
  );
}
