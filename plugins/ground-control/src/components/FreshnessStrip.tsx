import {
  RepositoryState,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { RelativeTime } from './RelativeTime';
import { Status, StatusGlyph } from './StatusGlyph';

const STATUS: Record<RepositoryState, Status> = {
  fresh: 'fine',
  starting: 'never-reported',
  ingesting: 'rolling',
  stale: 'stale',
  unreachable: 'failing',
  forbidden: 'locked',
  missing: 'failing',
  empty: 'not-released',
  failing: 'failing',
};

function RepositoryBanner(props: { repository: RepositoryStatus }) {
  const t = useText();
  const format = useFormat();
  const { state, progress, reason, branch } = props.repository;
  const textOf = () => {
    switch (state) {
      case 'fresh':
        return undefined;
      case 'starting':
        return t('freshness.startingBanner');
      case 'ingesting':
        return progress
          ? t('freshness.ingestingBanner', {
              done: format.number(progress.done),
              total: format.number(progress.total),
            })
          : t('freshness.ingestingBannerUnknown');
      case 'empty':
        return t('freshness.emptyBanner', { branch });
      default:
        return t('freshness.staleBanner', {
          state: t(`freshness.${state}`),
          reason: reason ?? '',
        });
    }
  };
  const text = textOf();
  if (!text) return null;
  return (
    <div className="gc-banner gc-banner-warn" role="status">
      <StatusGlyph status={STATUS[state]} />
      <span className="gc-wrap">{text}</span>
    </div>
  );
}

/** How old what is shown is: a chip for each source, and when it was fetched. */
export function FreshnessStrip(props: {
  repository: RepositoryStatus;
  receivedAt?: number;
}) {
  const t = useText();
  const { repository, receivedAt } = props;
  return (
    <>
      <section className="gc-row gc-small" aria-label={t('freshness.label')}>
        <span
          className={
            repository.state === 'stale' ? 'gc-chip gc-hatch' : 'gc-chip'
          }
          title={repository.reason}
        >
          <StatusGlyph status={STATUS[repository.state]} />
          <span>{t('freshness.repository')}</span>
          {repository.revision && (
            <span className="gc-mono">
              {repository.branch}@{repository.revision.slice(0, 7)}
            </span>
          )}
          <span>{t(`freshness.${repository.state}`)}</span>
          {repository.observedAt ? (
            <RelativeTime at={repository.observedAt} form="long" />
          ) : (
            <span>{t('freshness.never')}</span>
          )}
        </span>
        {repository.rewrittenAt && (
          <span className="gc-chip">
            <StatusGlyph status="drift" />
            {t('freshness.rewrittenShort')}
            <RelativeTime at={repository.rewrittenAt} form="long" />
          </span>
        )}
        {receivedAt && (
          <span className="gc-quiet">
            {t('age.updatedShort')} <RelativeTime at={receivedAt} form="long" />
          </span>
        )}
      </section>
      <RepositoryBanner repository={repository} />
    </>
  );
}
