import { ClusterSync } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { BlockerText } from './BlockerText';

const SHORT = 7;

/** What Flux has fetched and not applied everywhere, and how far that is ahead. */
function FetchedText({ sync }: { sync: ClusterSync }) {
  const t = usePagesText();
  const { fetched, position } = sync;
  if (!fetched) return null;
  const revision = fetched.revision.slice(0, SHORT);
  const count = (fetched.position ?? 0) - (position ?? Infinity);
  return (
    <span className="gc-small gc-quiet" title={fetched.revision}>
      {count > 0
        ? t('clusters.fetchedAhead', { revision, count })
        : t('clusters.fetched', { revision })}
    </span>
  );
}

/** How far a cluster has applied the config repository, and what keeps it. */
export function SyncFact(props: {
  sync: ClusterSync;
  /** It is what the cluster last reported, which no glyph of health may say. */
  old: boolean;
}) {
  const t = usePagesText();
  const format = useFormat();
  const { revision, position, commitsBehind, secondsBehind } = props.sync;
  const { unapplied, blockedBy, fault, suspended } = props.sync;
  const standing = () => {
    if (!revision) return ['never-reported', t('clusters.noRevision')] as const;
    if (position === undefined || commitsBehind === undefined) {
      return ['unknown', t('clusters.revisionUnknown')] as const;
    }
    if (commitsBehind) {
      return [
        'rolling-out',
        t('clusters.behind', { count: commitsBehind }),
      ] as const;
    }
    return unapplied
      ? ([
          'rolling-out',
          t('clusters.unapplied', { count: unapplied }),
        ] as const)
      : (['fine', t('clusters.upToDate')] as const);
  };
  const [status, words] = standing();
  return (
    <div className="gc-stack-tight">
      <span>
        <StatusGlyph status={props.old ? 'stale' : status} /> {words}{' '}
        {Boolean(commitsBehind) && secondsBehind !== undefined && (
          <span className="gc-quiet gc-small">
            {t('clusters.behindFor', {
              duration: format.duration(secondsBehind),
            })}
          </span>
        )}
      </span>
      {blockedBy && (
        <span className="gc-small gc-wrap">
          <StatusGlyph status="failed" /> {t('service.blockedBy')}{' '}
          <BlockerText blocker={blockedBy} />
        </span>
      )}
      {suspended && (
        <span className="gc-small">
          <StatusGlyph status="suspended" /> {t('clusters.suspended')}
        </span>
      )}
      {fault && (
        <span className="gc-small gc-wrap">
          <StatusGlyph status="failed" /> {t('clusters.fault')}: {fault}
        </span>
      )}
      {revision && (
        <span className="gc-small gc-quiet">
          <span className="gc-mono" title={revision}>
            {revision.slice(0, SHORT)}
          </span>
          {position !== undefined && (
            <>
              {' · '}
              {t('clusters.position', { position: format.number(position) })}
            </>
          )}
        </span>
      )}
      <FetchedText sync={props.sync} />
    </div>
  );
}
