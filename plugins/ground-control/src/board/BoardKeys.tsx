import { useText } from '../hooks/useText';

/** The list of keys, behind a button. */
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
      <div>
        <p className="gc-small gc-quiet">{t('board.keysIntro')}</p>
        <dl className="gc-facts">
          {keys.map(([key, meaning]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
