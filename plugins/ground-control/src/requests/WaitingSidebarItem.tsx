import { SidebarItem } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ReleasesIcon } from '../components/ReleasesIcon';
import { groundControlNavTranslationRef } from '../navTranslation';
import { useWaitingCount } from './useWaitingCount';
import { WaitingBadge } from './WaitingBadge';
import { WaitingDot } from './WaitingMark';

function MarkedIcon() {
  return (
    <span style={{ position: 'relative', display: 'inline-flex' }}>
      <ReleasesIcon />
      <WaitingDot />
    </span>
  );
}

/** The sidebar's entry, with the number of decisions that wait for the reader. */
export function WaitingSidebarItem(props: { to: string; text: string }) {
  const { t } = useTranslationRef(groundControlNavTranslationRef);
  const count = useWaitingCount();
  const { to, text } = props;
  if (!count) return <SidebarItem icon={ReleasesIcon} to={to} text={text} />;
  return (
    <SidebarItem
      icon={MarkedIcon}
      to={to}
      text={text}
      // The sidebar names its links itself, so what is in them isn't heard.
      aria-label={t('item', { text, waiting: t('waiting', { count }) })}
    >
      <WaitingBadge count={count} />
    </SidebarItem>
  );
}
