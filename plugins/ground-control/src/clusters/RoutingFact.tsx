import { ClusterRouting } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

/** What traffic a cluster asks for, which tells how far a failover has come. */
export function RoutingFact(props: { routing: ClusterRouting }) {
  const t = usePagesText();
  const { annotations, dryRun, conflicting } = props.routing;
  if (conflicting) {
    return (
      <span className="gc-chip gc-chip-warn gc-chip-wrap">
        <StatusGlyph status="warning" />{' '}
        {t('clusters.routingConflict', { count: conflicting })}
      </span>
    );
  }
  if (!annotations.length) return null;
  // The prefix of a key says whose it is: who wonders finds it in the tip.
  const asked = annotations
    .map(({ key, value }) => `${key.slice(key.lastIndexOf('/') + 1)} ${value}`)
    .join(', ');
  return (
    <span
      className="gc-chip gc-chip-wrap"
      title={annotations.map(({ key, value }) => `${key}: ${value}`).join('\n')}
    >
      {dryRun
        ? t('clusters.routingTried', { asked })
        : t('clusters.routing', { asked })}
    </span>
  );
}
