import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useRequestsText } from '../hooks/useRequestsText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { Decision } from './useDecision';

/** Says what is other than what the reader looked at; deciding waits until they looked again. */
export function ChangedBanner(props: { decision: Decision }) {
  const t = useRequestsText();
  const pages = usePagesText();
  const { conflict, difference, detail, reviewAgain } = props.decision;
  if (!difference) return null;
  const lines = [
    ...detail.changed,
    ...(difference.currentArtifactId
      ? [
          t('decision.currentChanged', {
            environment: detail.request.environment,
            artifact: shortArtifactId(difference.currentArtifactId),
          }),
        ]
      : []),
    ...(difference.count
      ? [
          t(`decision.${difference.count.kind}Changed`, {
            count: difference.count.after,
            before: String(difference.count.before),
          }),
        ]
      : []),
    ...difference.verdicts.map(({ before, after }) =>
      before
        ? t('decision.levelChanged', {
            title: after.title,
            after: pages(`verdict.${after.level}`),
            before: pages(`verdict.${before.level}`),
          })
        : after.reason,
    ),
  ].filter(line => line !== conflict);
  return (
    <div className="gc-banner gc-banner-warn" role="alert">
      <StatusGlyph status="warning" />
      <span className="gc-wrap">
        <span className="gc-strong">
          {conflict === undefined
            ? t('decision.changed')
            : t('decision.conflict')}
        </span>{' '}
        {conflict}
      </span>
      {detail.request.state === 'pending' && (
        <button type="button" className="gc-button" onClick={reviewAgain}>
          {t('decision.reviewAgain')}
        </button>
      )}
      {lines.length > 0 && (
        <ul>
          {lines.map(line => (
            <li key={line} className="gc-wrap">
              {line}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
