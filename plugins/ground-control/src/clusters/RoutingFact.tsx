import { ClusterRouting } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

/** What traffic a cluster asks for, which tells how far a failover has come. */
export function RoutingFact(props: { routing: ClusterRouting }) {
  const t = usePagesText();
  const { annotations, dryRun, conflicting } = props.routing;
  if (conflicting) {
    return (
      <span className="gc-wrap">
        <StatusGlyph status="warning" />{' '}
        {t('clusters.routingConflict', { count: conflicting })}
      </span>
    );
  }
  // The prefix of a key says whose it is: who wonders finds it in the tip.
  const asked = annotations
    .map(
      ({ key, value }) =>
        `${key.slice(key.lastIndexOf('/') + 1)} ${value || '–'}`,
    )
    .join(', ');
  return (
    <span
      className="gc-wrap"
      title={annotations.map(({ key, value }) => `${key}: ${value}`).join('\n')}
    >
      {dryRun && asked
        ? t('clusters.routingTried', { asked })
        : asked || t('clusters.routingNothing')}
    </span>
  );
}
