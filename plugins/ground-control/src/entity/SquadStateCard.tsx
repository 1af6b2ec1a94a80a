import { InfoCard } from '@backstage/core-components';
import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { SquadRequests } from '../ask/WaitingRequests';
import { PortalLink } from '../components/PortalLink';
import { GcRoot } from '../components/GcRoot';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { StatusGlyph, toneOf } from '../components/StatusGlyph';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { useText } from '../hooks/useText';
import { countStates, StateCounts } from '../lib/countStates';
import { cardStyles } from './cardStyles';
import { useEntityBoard } from './useEntityBoard';

function EnvironmentBar(props: { counts: StateCounts }) {
  const t = useText();
  const { environment, states, behind } = props.counts;
  return (
    <li>
      <div className="gc-row gc-small">
        <span className="gc-strong">{environment}</span>
        {states.map(({ state, count }) => (
          <span key={state}>
            <StatusGlyph status={state} /> {t(`tally.${state}`, { count })}
          </span>
        ))}
        {behind > 0 && (
          <span className="gc-chip">
            {t('tally.behind', { count: behind })}
          </span>
        )}
      </div>
      <div className="gc-bar" aria-hidden="true">
        {states.map(({ state, count }) => (
          <span
            key={state}
            className={
              state === 'not-released' ? undefined : `gc-${toneOf(state)}`
            }
            style={{ flex: count }}
          />
        ))}
      </div>
    </li>
  );
}

function SquadState(props: { board: Board; squad: string }) {
  const t = useText();
  const paths = useReleasesPath();
  const { board, squad } = props;
  if (!board.rows.length) {
    return <StatePanel title={t('card.nothingOwned')} />;
  }
  return (
    <div className="gc-card-body">
      <p>{t('board.services', { count: board.rows.length })}</p>
      <ul className="gc-squad-state">
        {countStates(board).map(counts => (
          <EnvironmentBar key={counts.environment} counts={counts} />
        ))}
      </ul>
      <PortalLink to={`${paths.board}?${new URLSearchParams({ squad })}`}>
        {t('card.board')}
      </PortalLink>
    </div>
  );
}

/** Card of a squad: its open requests, and how its services stand in each environment. */
export function SquadStateCard() {
  useStyleSheet('card', cardStyles);
  const t = useText();
  const { ref, live } = useEntityBoard('squad');
  return (
    <InfoCard title={t('card.squadState')}>
      <GcRoot>
        <SquadRequests squad={ref} />
        <LiveState live={live} rows={3} />
        {live.data && <SquadState board={live.data} squad={ref} />}
      </GcRoot>
    </InfoCard>
  );
}
