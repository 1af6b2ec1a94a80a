import { Release } from '@ground-control/backstage-plugin-ground-control-common';
import { NotApprovedMark } from '../components/NotApprovedMark';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { describeIntent } from './describeIntent';

function statusOf(release: Release) {
  if (release.problems.length) return 'problem';
  if (release.intent === 'removed') return 'not-released';
  return release.replacedAt ? 'past' : 'recorded';
}

/** A release in two lines: what, when, how and by whom; the commit's message. */
export function ReleaseSummary(props: {
  release: Release;
  withEnvironment?: boolean;
  /** It stands where only what is current does, so that isn't said. */
  surelyCurrent?: boolean;
}) {
  const t = useText();
  const pt = usePagesText();
  const format = useFormat();
  const { release } = props;
  const { artifact, releasedBy } = release;
  const lasted =
    release.replacedAt &&
    format.duration(
      (Date.parse(release.replacedAt) - Date.parse(release.releasedAt)) / 1000,
    );
  return (
    <div className="gc-stack-tight">
      <div className="gc-row">
        <StatusGlyph status={statusOf(release)} />
        {props.withEnvironment && (
          <span className="gc-strong">{release.environment}</span>
        )}{' '}
        {artifact ? (
          <span className="gc-mono gc-strong" title={artifact.id}>
            {artifact.commit?.slice(0, 7) ?? artifact.id}
          </span>
        ) : (
          <span>
            {release.intent === 'removed'
              ? pt('release.intentRemoved')
              : t('board.unreadable')}
          </span>
        )}{' '}
        {release.intent !== 'removed' && (
          <span>{describeIntent(pt, release)}</span>
        )}{' '}
        <RelativeTime at={release.releasedAt} />{' '}
        <span className="gc-quiet">
          {pt('release.by', {
            name: releasedBy?.name ?? pt('release.unknownPerson'),
          })}
        </span>{' '}
        {release.planOnly && (
          <span className="gc-chip">{pt('release.planOnly')}</span>
        )}{' '}
        {release.notApprovedHere && (
          <NotApprovedMark reason={release.notApprovedHere} />
        )}{' '}
        {release.intent !== 'removed' && !props.surelyCurrent && (
          <span className="gc-quiet gc-small">
            {lasted
              ? pt('release.live', { duration: lasted })
              : pt('release.liveSince')}
          </span>
        )}
      </div>
      {artifact && (
        <p className="gc-small gc-wrap">
          {artifact.message?.split('\n')[0] ?? (
            <span className="gc-quiet">{pt('release.noMessage')}</span>
          )}
          {artifact.author && (
            <span className="gc-quiet"> · {artifact.author.name}</span>
          )}
        </p>
      )}
      {release.notApprovedHere && (
        <p className="gc-small gc-wrap gc-bad">{release.notApprovedHere}</p>
      )}
      {release.problems.map(problem => (
        <p key={problem.code + problem.message} className="gc-small gc-wrap">
          <StatusGlyph status="problem" /> {problem.message}
        </p>
      ))}
    </div>
  );
}
