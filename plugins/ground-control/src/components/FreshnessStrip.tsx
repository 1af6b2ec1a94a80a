import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { RelativeTime } from './RelativeTime';
import { REPOSITORY_GLYPHS } from './repositoryGlyphs';
import { StatusGlyph } from './StatusGlyph';

/** How old what is shown is: a chip for each source, and when it was fetched. */
export function FreshnessStrip(props: {
  repository: RepositoryStatus;
  receivedAt?: number;
}) {
  const t = useText();
  const pt = usePagesText();
  const { repository, receivedAt } = props;
  return (
    <section className="gc-row gc-small" aria-label={pt('freshness.label')}>
      <span
        className={
          repository.state === 'stale'
            ? 'gc-chip gc-chip-wrap gc-hatch'
            : 'gc-chip gc-chip-wrap'
        }
        title={repository.reason}
      >
        <StatusGlyph status={REPOSITORY_GLYPHS[repository.state]} />
        <span>{t('freshness.repository')}</span>
        {repository.revision && (
          <span className="gc-mono">
            {repository.branch}@{repository.revision.slice(0, 7)}
          </span>
        )}
        <span>{t(`freshness.${repository.state}`)}</span>
        {repository.observedAt ? (
          <span>
            {pt('freshness.readShort')}{' '}
            <RelativeTime at={repository.observedAt} />
          </span>
        ) : (
          <span>{pt('freshness.never')}</span>
        )}
      </span>
      {repository.rewrittenAt && (
        <span className="gc-chip">
          <StatusGlyph status="warning" />
          {pt('freshness.rewrittenShort')}
          <RelativeTime at={repository.rewrittenAt} />
        </span>
      )}
      {receivedAt && (
        <span className="gc-quiet">
          {pt('age.updatedShort')} <RelativeTime at={receivedAt} />
        </span>
      )}
    </section>
  );
}
