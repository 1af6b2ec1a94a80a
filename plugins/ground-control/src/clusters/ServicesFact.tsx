import {
  CLUSTER_SERVICE_STATES,
  ClusterStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useText } from '../hooks/useText';

/** How many services of a cluster are in each state; each count leads to them. */
export function ServicesFact(props: { cluster: ClusterStatus }) {
  const t = useText();
  const pt = usePagesText();
  const paths = useReleasesPath();
  const { name, environment, services } = props.cluster;
  const shown = CLUSTER_SERVICE_STATES.filter(state => services[state] > 0);
  if (!shown.length) {
    return (
      <span className="gc-quiet gc-small">{pt('clusters.noServices')}</span>
    );
  }
  return (
    <ul className="gc-cluster-counts gc-targets">
      {shown.map(state => {
        const words = t(`tally.${state}`, { count: services[state] });
        const query = { squad: 'all', cluster: name, state };
        return (
          <li key={state}>
            <StatusGlyph status={state} />{' '}
            {environment ? (
              <PageLink to={`${paths.board}?${new URLSearchParams(query)}`}>
                {words}
              </PageLink>
            ) : (
              words
            )}
          </li>
        );
      })}
    </ul>
  );
}
