import { ClusterSync } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useReleasesText } from '../hooks/useReleasesText';
import { useFormat } from '../hooks/useFormat';

/** How far a cluster follows the config repository, and what keeps it. */
export function SyncFact(props: {
  sync: ClusterSync;
  /** It is what the cluster last reported, which no glyph of health may say. */
  old: boolean;
}) {
  const t = useReleasesText();
  const format = useFormat();
  const { revision, position, commitsBehind, secondsBehind, fault, suspended } =
    props.sync;
  const standing = () => {
    if (!revision) return ['never-reported', t('clusters.noRevision')] as const;
    if (position === undefined || commitsBehind === undefined) {
      return ['unknown', t('clusters.revisionUnknown')] as const;
    }
    return commitsBehind
      ? ([
          'rolling-out',
          t('clusters.behind', { count: commitsBehind }),
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
            {revision.slice(0, 7)}
          </span>
          {position !== undefined && (
            <>
              {' · '}
              {t('clusters.position', { position: format.number(position) })}
            </>
          )}
        </span>
      )}
    </div>
  );
}
