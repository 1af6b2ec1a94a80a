import { RollbackCandidate } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { Status, StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { Health, healthOf } from './decideRollback';

const GLYPHS: Record<Health, Status> = {
  healthy: 'fine',
  unhealthy: 'failed',
  unknown: 'recorded',
};

/** An earlier release: what it was, how long it was healthy, until when. */
export function RollbackLine(props: { candidate: RollbackCandidate }) {
  const t = usePagesText();
  const texts = useText();
  const format = useFormat();
  const { release, healthyForSeconds, recommended } = props.candidate;
  const { artifact, releasedAt, replacedAt } = release;
  const health = healthOf(props.candidate);
  const healths = {
    healthy: () =>
      t('rollback.healthy', {
        duration: format.duration(healthyForSeconds ?? 0),
      }),
    unhealthy: () => t('rollback.unhealthy'),
    unknown: () =>
      t('rollback.healthUnknown', {
        duration: format.duration(
          (Date.parse(replacedAt ?? releasedAt) - Date.parse(releasedAt)) /
            1000,
        ),
      }),
  };
  return (
    <>
      <span className="gc-row">
        <span className="gc-mono gc-strong" title={artifact?.id}>
          {artifact ? shortArtifactId(artifact.id) : texts('board.unreadable')}
        </span>{' '}
        <span>
          <StatusGlyph status={GLYPHS[health]} /> {healths[health]()}
        </span>{' '}
        {replacedAt && (
          <span className="gc-quiet">
            {t('rollback.until')} <RelativeTime at={replacedAt} />
          </span>
        )}{' '}
        {recommended && health === 'healthy' && (
          <span className="gc-chip gc-chip-info">
            {t('rollback.lastHealthy')}
          </span>
        )}
      </span>{' '}
      {artifact?.message && (
        <span className="gc-small gc-wrap">
          {artifact.message.split('\n')[0]}
        </span>
      )}
    </>
  );
}
