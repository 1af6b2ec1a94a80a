import { ReactNode } from 'react';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { CELL_STATES } from '../lib/stateMask';

function Meaning(props: { sign: ReactNode; children: ReactNode }) {
  return (
    <div style={{ display: 'contents' }}>
      <dt>{props.sign}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** What the signs mean, and the list of keys, behind a button. */
export function BoardKeys(props: { clusters: boolean }) {
  const t = useText();
  const pt = usePagesText();
  const keys: [string, string][] = [
    [pt('keys.keyMoveKeys'), pt('keys.keyMove')],
    ['Home End', pt('keys.keyEnds')],
    ['PgUp PgDn', pt('keys.keyPages')],
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
    // Esc is one more way out; the summary closes it too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details
      className="gc-keys"
      onKeyDown={event => {
        if (event.key === 'Escape') event.currentTarget.open = false;
      }}
    >
      <summary className="gc-button gc-button-bare">{pt('keys.title')}</summary>
      <div className="gc-stack-tight">
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
        <div className="gc-only-keys">
          <p className="gc-small gc-quiet">{pt('keys.keysIntro')}</p>
          <dl className="gc-facts">
            {keys.map(([key, meaning]) => (
              <Meaning key={key} sign={<kbd>{key}</kbd>}>
                {meaning}
              </Meaning>
            ))}
          </dl>
        </div>
      </div>
    </details>
  );
}
