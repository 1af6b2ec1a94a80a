import {
  formatServiceRef,
  Release,
  ReleaseId,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { DiffView } from '../components/DiffView';
import { RelativeTime } from '../components/RelativeTime';
import { ErrorPanel, LoadingPanel, StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLoad } from '../hooks/useLoad';
import { usePagesText } from '../hooks/usePagesText';
import { CompareSide } from '../lib/compareState';
import { shortArtifactId } from '../lib/shortArtifactId';

function Side(props: { name: string; release: Release }) {
  const { name, release } = props;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="gc-strong">{release.environment}</span>
        <span className="gc-mono" title={release.artifact?.id}>
          {release.artifact && shortArtifactId(release.artifact.id)}
        </span>
        <RelativeTime at={release.releasedAt} />
      </dd>
    </div>
  );
}

/** What changed in the manifests from one release to another. */
export function ManifestDifference(props: {
  service: ServiceRef;
  from?: ReleaseId;
  to?: ReleaseId;
  /** Index of the side that stands for nothing; -1 when both are known. */
  missing: number;
  selected: CompareSide[];
  onSelect(sides: CompareSide[]): void;
}) {
  const t = usePagesText();
  const { selected, onSelect, missing, from, to } = props;
  return (
    <section className="gc-panel gc-stack">
      <div className="gc-row gc-spread">
        <h3>{t('diff.heading')}</h3>
        <div className="gc-row">
          <button
            type="button"
            className="gc-button"
            onClick={() => onSelect([...selected].reverse())}
          >
            {t('diff.swap')}
          </button>
          <button
            type="button"
            className="gc-button"
            onClick={() => onSelect([])}
          >
            {t('diff.close')}
          </button>
        </div>
      </div>
      {from && to ? (
        <LoadedDifference service={props.service} from={from} to={to} />
      ) : (
        <StatePanel
          status="not-released"
          title={t('sheet.nothing', {
            environment: selected[missing]?.environment ?? '',
          })}
        />
      )}
    </section>
  );
}

function LoadedDifference(props: {
  service: ServiceRef;
  from: ReleaseId;
  to: ReleaseId;
}) {
  const t = usePagesText();
  const api = useGroundControlApi();
  const { service, from, to } = props;
  const key = [
    formatServiceRef(service),
    `${from.environment}@${from.position}`,
    `${to.environment}@${to.position}`,
  ].join(' ');
  const loaded = useLoad(key, signal =>
    api.getManifestDiff(service, from, to, signal),
  );
  if (loaded.error !== undefined) {
    return <ErrorPanel error={loaded.error} onRetry={loaded.retry} />;
  }
  if (!loaded.data) return <LoadingPanel rows={6} />;
  return (
    <>
      <dl className="gc-service-facts">
        <Side name={t('diff.from')} release={loaded.data.from} />
        <Side name={t('diff.to')} release={loaded.data.to} />
      </dl>
      <DiffView
        files={loaded.data.files}
        unchangedFiles={loaded.data.unchangedFiles}
      />
    </>
  );
}
