import { InfoCard } from '@backstage/core-components';
import {
  ANNOTATION_SERVICE,
  Board,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { WaitingRequests } from '../ask/WaitingRequests';
import { BoardCellContent } from '../board/BoardCellContent';
import { ClusterChips } from '../components/ClusterChips';
import { GcRoot } from '../components/GcRoot';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { useText } from '../hooks/useText';
import { findBefore } from '../lib/findBefore';
import { cardStyles } from './cardStyles';
import { useEntityBoard } from './useEntityBoard';

function Places(props: { board: Board }) {
  const t = useText();
  const paths = useReleasesPath();
  const { environments, rows, repository, clusters } = props.board;
  if (!rows.length) {
    return (
      <StatePanel status="not-released" title={t('card.none')}>
        <p className="gc-wrap">
          {t('card.noneHow', { annotation: ANNOTATION_SERVICE })}
        </p>
      </StatePanel>
    );
  }
  return (
    <div className="gc-card-body">
      {repository.state !== 'fresh' && (
        <p>
          <span
            className="gc-chip gc-chip-warn gc-chip-wrap"
            title={repository.reason}
          >
            {t('freshness.repository')} {t(`freshness.${repository.state}`)}
          </span>
        </p>
      )}
      {rows.map(row => (
        <section key={paths.service(row.service)}>
          <dl className="gc-where">
            {environments.map((environment, index) => (
              <div key={environment}>
                <dt>{environment}</dt>
                <dd className="gc-row">
                  <BoardCellContent
                    cell={row.cells[index]}
                    before={findBefore(environments, row.cells, index)}
                  />
                  {row.cells[index].clusters && (
                    <ClusterChips
                      names={clusters
                        .filter(one => one.environment === environment)
                        .map(({ name }) => name)}
                      states={row.cells[index].clusters}
                    />
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <WaitingRequests service={row.service} />
          <div className="gc-row">
            <PortalLink to={paths.service(row.service)}>
              {t('card.all')}
            </PortalLink>
            <PortalLink to={`${paths.service(row.service)}?ask=`}>
              {t('card.ask')}
            </PortalLink>
          </div>
        </section>
      ))}
    </div>
  );
}

/** Card of a Component: what is recorded of it in each environment, and how it stands in each cluster. */
export function WhereItRunsCard() {
  useStyleSheet('card', cardStyles);
  const t = useText();
  const { live } = useEntityBoard('component');
  return (
    <InfoCard title={t('card.whereItRuns')}>
      <GcRoot>
        <LiveState live={live} rows={3} />
        {live.data && <Places board={live.data} />}
      </GcRoot>
    </InfoCard>
  );
}
