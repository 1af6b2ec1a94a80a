import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { LiveBoard } from '../board/LiveBoard';
import { usePagesText } from '../hooks/usePagesText';
import { PageRoot } from '../pages/PageRoot';

/** Tab of a squad: the board of its services. */
export function EntityGroupReleases() {
  const t = usePagesText();
  const { entity } = useEntity();
  return (
    <PageRoot className="gc-stack">
      <LiveBoard
        heading={<h2>{t('board.heading')}</h2>}
        squad={stringifyEntityRef(entity)}
      />
    </PageRoot>
  );
}
