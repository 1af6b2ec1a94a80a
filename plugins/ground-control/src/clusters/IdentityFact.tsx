import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { isHeard } from './isHeard';

const GLYPHS = {
  confirmed: 'fine',
  mistaken: 'problem',
  unknown: 'unknown',
} as const;

/** Whether a cluster is the one that it should be. */
export function IdentityFact(props: { cluster: ClusterStatus }) {
  const t = usePagesText();
  const { name, identity, connection } = props.cluster;
  const old = identity.state === 'confirmed' && !isHeard(connection);
  const words = {
    confirmed: t('clusters.identityConfirmed', {
      name: identity.reported ?? name,
    }),
    mistaken: t('clusters.identityMistaken', { name: identity.reported ?? '' }),
    unknown: t('clusters.identityUnknown'),
  };
  return (
    <span className="gc-wrap">
      <StatusGlyph status={old ? 'stale' : GLYPHS[identity.state]} />{' '}
      {words[identity.state]}
    </span>
  );
}
