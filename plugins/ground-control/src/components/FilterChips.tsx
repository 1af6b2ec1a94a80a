import { usePagesText } from '../hooks/usePagesText';
import { UnknownFilter } from '../lib/urlState';
import { useSavedFilterState } from './SavedFilter';

/**
 * In sight, with a way to be rid of it: what of the URL was not understood, and
 * that what is picked is what the reader picked last time.
 */
export function FilterChips(props: {
  unknown: UnknownFilter[];
  onDismiss(): void;
}) {
  const t = usePagesText();
  const saved = useSavedFilterState();
  if (!props.unknown.length && !saved?.isUsed) return null;
  return (
    <div className="gc-row" role="status">
      {saved?.isUsed && (
        <>
          <span className="gc-chip">{t('board.savedFilter')}</span>
          <button type="button" className="gc-button" onClick={saved.clear}>
            {t('board.clearSaved')}
          </button>
        </>
      )}
      {props.unknown.map(({ key, value }) => (
        <span key={`${key}=${value}`} className="gc-chip gc-chip-warn">
          {t('board.unknownFilter', { key, value })}
        </span>
      ))}
      {props.unknown.length > 0 && (
        <button type="button" className="gc-button" onClick={props.onDismiss}>
          {t('board.dismiss')}
        </button>
      )}
    </div>
  );
}
