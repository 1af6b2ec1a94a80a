import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { LiveBoard } from '../board/LiveBoard';
import { GcRoot } from '../components/GcRoot';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { usePagesText } from '../hooks/usePagesText';
import { pageStyles } from '../pages/pageStyles';

/** Tab of a squad: the board of its services. */
export function EntityGroupReleases() {
  useStyleSheet('page', pageStyles);
  const t = usePagesText();
  const { entity } = useEntity();
  return (
    <GcRoot className="gc-stack">
      <LiveBoard
        heading={<h2>{t('board.heading')}</h2>}
        squad={stringifyEntityRef(entity)}
      />
    </GcRoot>
  );
}
