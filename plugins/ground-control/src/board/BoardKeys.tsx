import { KeysHelp, Meaning } from '../components/KeysHelp';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { CELL_STATES } from '../lib/stateMask';

/** What the signs mean, and the list of keys, behind a button. */
export function BoardKeys(props: { clusters: boolean }) {
  const t = useText();
  const pt = usePagesText();
  const keys: [string | string[], string][] = [
    [pt('keys.keyMoveKeys'), pt('keys.keyMove')],
    [['Home', 'End'], pt('keys.keyEnds')],
    [['PgUp', 'PgDn'], pt('keys.keyPages')],
    ['Enter', pt('keys.keyOpen')],
    ['Esc', pt('keys.keyClose')],
    ['R', pt('keys.keyAsk')],
    ['B', pt('keys.keyRollback')],
    ['O', pt('keys.keyEntity')],
    ['C', pt('keys.keyCopy')],
    ['X', pt('keys.keyCompare')],
    ['/', pt('keys.keyFilter')],
    ['U', pt('keys.keyApply')],
  ];
  return (
    <KeysHelp title={pt('keys.title')} intro={pt('keys.keysIntro')} keys={keys}>
      <dl className="gc-facts">
        {(props.clusters
          ? CELL_STATES
          : (['recorded', 'problem', 'not-released'] as const)
        ).map(status => (
          <Meaning key={status} sign={<StatusGlyph status={status} />}>
            {t(`status.${status}`)}
          </Meaning>
        ))}
        {props.clusters && (
          <Meaning
            sign={
              <span className="gc-pips">
                <StatusGlyph status="failed" />
                <StatusGlyph status="reconciled" />
              </span>
            }
          >
            {pt('keys.signPips')}
          </Meaning>
        )}
        <Meaning
          sign={
            <span className="gc-chip">
              {t('board.behindMark', { number: '1' })}
            </span>
          }
        >
          {pt('keys.signBehind')}
        </Meaning>
        <Meaning
          sign={<span className="gc-chip">{t('board.planDiffers')}</span>}
        >
          {pt('keys.signPlan')}
        </Meaning>
      </dl>
    </KeysHelp>
  );
}
