import { CSSProperties } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { groundControlNavTranslationRef } from '../navTranslation';
import { useWaitingCount } from './useWaitingCount';

// The portal's navigation is outside of our style sheets.
const dot: CSSProperties = {
  position: 'absolute',
  top: -5,
  insetInlineEnd: -6,
  width: 8,
  height: 8,
  borderRadius: 4,
  // 4.6:1 on white and 3.9:1 on the darkest sidebar.
  background: '#d9480f',
  border: '1px solid #fff',
};
const hidden: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};
/** A dot where decisions wait for the reader; nothing where none does. */
export function WaitingDot() {
  const { t } = useTranslationRef(groundControlNavTranslationRef);
  const count = useWaitingCount();
  if (!count) return null;
  return (
    <span data-testid="waiting-mark">
      <span style={dot} aria-hidden="true" />
      <span style={hidden}>{t('waiting', { count })}</span>
    </span>
  );
}

export { start } from '../chunks/start';
