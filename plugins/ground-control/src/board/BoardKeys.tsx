import { ReactNode } from 'react';
import { StatusGlyph } from '../components/StatusGlyph';
import { useText } from '../hooks/useText';

function Meaning(props: { sign: ReactNode; children: ReactNode }) {
  return (
    <div style={{ display: 'contents' }}>
      <dt>{props.sign}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** What the signs mean, and the list of keys, behind a button. */
export function BoardKeys() {
  const t = useText();
  const keys: [string, string][] = [
    [t('board.keyMoveKeys'), t('board.keyMove')],
    ['Home End', t('board.keyEnds')],
    ['PgUp PgDn', t('board.keyPages')],
    ['Enter', t('board.keyOpen')],
    ['Esc', t('board.keyClose')],
    ['O', t('board.keyEntity')],
    ['C', t('board.keyCopy')],
    ['X', t('board.keyCompare')],
    ['/', t('board.keyFilter')],
    ['U', t('board.keyApply')],
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
      <summary className="gc-button gc-button-bare">{t('board.keys')}</summary>
      <div className="gc-stack-tight">
        <dl className="gc-facts">
          {(['recorded', 'problem', 'not-released'] as const).map(status => (
            <Meaning key={status} sign={<StatusGlyph status={status} />}>
              {t(`status.${status}`)}
            </Meaning>
          ))}
          <Meaning
            sign={
              <span className="gc-chip">
                {t('board.behindMark', { number: '1' })}
              </span>
            }
          >
            {t('board.signBehind')}
          </Meaning>
          <Meaning
            sign={<span className="gc-chip">{t('board.planDiffers')}</span>}
          >
            {t('board.signPlan')}
          </Meaning>
        </dl>
        <div className="gc-only-keys">
          <p className="gc-small gc-quiet">{t('board.keysIntro')}</p>
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
