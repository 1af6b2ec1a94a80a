import { GatewayEntries } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../../components/RelativeTime';
import { REPOSITORY_GLYPHS } from '../../components/repositoryGlyphs';
import { StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';
import { usePagesText } from '../../hooks/usePagesText';
import { useText } from '../../hooks/useText';

/**
 * Where the gateway's file lies, if not in the config repository, how old what
 * is known of it is, and why it isn't newer.
 */
export function RepositoryFact(props: { answer: GatewayEntries }) {
  const t = useLinksText();
  const text = useText();
  const pages = usePagesText();
  const { repository, revision } = props.answer;
  if (!repository) return null;
  const { name, status } = repository;
  const { branch, observedAt, reason = '', state } = status;
  const words = { name, state: text(`freshness.${state}`), reason };
  return (
    <>
      <p className="gc-small gc-quiet gc-wrap">
        {t('gateway.repository', { name, branch })}{' '}
        {observedAt ? (
          <>
            {pages('freshness.readShort')} <RelativeTime at={observedAt} />
          </>
        ) : (
          pages('freshness.never')
        )}
      </p>
      {state !== 'fresh' && (
        <div className="gc-banner gc-banner-warn" role="status">
          <StatusGlyph status={REPOSITORY_GLYPHS[state]} />
          <span className="gc-wrap">
            {revision === null
              ? t('gateway.neverRead', words)
              : t('gateway.notRead', words)}
          </span>
        </div>
      )}
    </>
  );
}
