import { PropsWithChildren } from 'react';
import {
  formatServiceRef,
  OtherRequest,
  ReleaseRequestDetail,
  RequestDiff,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ChangedLines } from '../components/ChangedLines';
import { ChangesList } from '../components/ChangesList';
import { DiffView } from '../components/DiffView';
import { Hidden } from '../components/Hidden';
import { PageLink } from '../components/PageLink';
import { RelativeTime } from '../components/RelativeTime';
import { ErrorPanel, LoadingPanel } from '../components/StatePanel';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Loaded, useLoad } from '../hooks/useLoad';
import { useReader } from '../hooks/useReader';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { usePagesText } from '../hooks/usePagesText';
import { nameOfPerson } from '../lib/nameOfPerson';
import { shortArtifactId } from '../lib/shortArtifactId';
import { decideShare } from './decideShare';

function titleOf(t: RequestsText, detail: ReleaseRequestDetail): string {
  const { changes, request } = detail;
  if (changes.kind === 'unknown') {
    return request.intent === 'rollback'
      ? t('decision.undoes')
      : t('decision.changes');
  }
  const count = changes.total ?? changes.items.length;
  const first =
    changes.kind === 'commits'
      ? t('decision.commits', { count })
      : t('decision.builds', { count });
  const authors = new Set(changes.items.flatMap(({ author }) => author ?? []));
  const complete = count === changes.items.length && authors.size > 0;
  const size = complete
    ? t('decision.two', {
        first,
        second: t('decision.authors', { count: authors.size }),
      })
    : first;
  return request.intent === 'rollback'
    ? `${t('decision.undoes')}: ${size}`
    : size;
}

/** What of it who asks, or who reads, wrote themselves. */
function ShareLine({ detail }: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const format = useFormat();
  const { requester, reader } = decideShare(detail, useReader());
  const { changes, request } = detail;
  if (!requester && !reader) return null;
  return (
    <p className="gc-small gc-wrap">
      {requester > 0 &&
        t('decision.share', {
          number: format.number(requester),
          total: format.number(changes.items.length),
          name: nameOfPerson(request.requestedBy),
        })}{' '}
      {reader > 0 && t('decision.yours', { count: reader })}
    </p>
  );
}

/** Commits or builds that it brings, or undoes. */
export function RequestChangesPanel(props: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const { detail } = props;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{titleOf(t, detail)}</h3>
      <ShareLine detail={detail} />
      <ChangesList changes={detail.changes} />
    </section>
  );
}

function diffTitle(
  t: RequestsText,
  { request }: ReleaseRequestDetail,
  diff?: RequestDiff,
): string {
  if (request.access) return t('access.diff');
  if (!diff?.files.length) return t('decision.manifests');
  return t('decision.manifestsOf', { count: diff.files.length });
}

/** What it would change in the manifests; it loads on its own, because it takes longest. */
export function useRequestDiff({
  request: { id },
  evidence,
}: ReleaseRequestDetail): Loaded<RequestDiff> {
  const api = useGroundControlApi();
  return useLoad(`diff ${id} ${evidence}`, signal =>
    api.getRequestDiff(id, signal),
  );
}

/** The difference, or why there is none. */
export function RequestDiffPanel(props: {
  detail: ReleaseRequestDetail;
  loaded: Loaded<RequestDiff>;
}) {
  const t = useRequestsText();
  const { loaded } = props;
  const diff = loaded.data;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>
        {diffTitle(t, props.detail, diff)}{' '}
        {diff && diff.files.length > 0 && <ChangedLines files={diff.files} />}{' '}
        {diff?.files.some(file => file.masked) && (
          <span className="gc-small gc-quiet">{t('decision.masked')}</span>
        )}
      </h3>
      {loaded.error !== undefined && (
        <ErrorPanel error={loaded.error} onRetry={loaded.retry} />
      )}
      {loaded.error === undefined && !diff && <LoadingPanel rows={3} />}
      {diff?.missing !== undefined && (
        <p className="gc-wrap">
          <StatusGlyph status="warning" />{' '}
          {t('decision.noDiff', { reason: diff.missing })}
        </p>
      )}
      {diff && diff.missing === undefined && (
        <DiffView
          files={diff.files}
          highlights={diff.highlights}
          unchangedFiles={diff.unchangedFiles}
        />
      )}
    </section>
  );
}

/** One of them; how it stands to the service of the request goes before what is told of it. */
function OtherChip(
  props: PropsWithChildren<
    Pick<OtherRequest, 'service' | 'relations'> & {
      /** The request's service. */
      beside: string;
      artifactId?: string;
    }
  >,
) {
  const t = useRequestsText();
  const { artifactId, beside: service, relations } = props;
  return (
    <li className="gc-chip gc-chip-wrap">
      <span className="gc-strong">{props.service.name}</span>{' '}
      {relations.map(relation => (
        <span key={relation} className="gc-strong">
          {t(`decision.${relation}`, { service })},{' '}
        </span>
      ))}
      {artifactId && (
        <span className="gc-mono">{shortArtifactId(artifactId)}</span>
      )}{' '}
      {props.children}
    </li>
  );
}

/** What else goes to the environment now; what isn't there yet leads to its request. */
export function OthersPanel(props: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const texts = usePagesText();
  const paths = useReleasesPath();
  const { otherRequests, others, request } = props.detail;
  const { environment } = request;
  const beside = request.service.name;
  if (!otherRequests.length && !others.length) {
    return (
      <p className="gc-small gc-quiet">
        {t('decision.othersNone', { environment })}
      </p>
    );
  }
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('decision.others', { environment })}</h3>
      <ul className="gc-row">
        {otherRequests.map(other => (
          <OtherChip key={other.id} {...other} beside={beside}>
            <PageLink to={paths.request(other.id)}>
              {t(`state.${other.state}`)} <Hidden>{other.id}</Hidden>
            </PageLink>
          </OtherChip>
        ))}
        {others.map(release => (
          <OtherChip
            key={`${release.revision} ${formatServiceRef(release.service)}`}
            {...release}
            artifactId={release.artifact?.id}
            beside={beside}
          >
            <RelativeTime at={release.releasedAt} />{' '}
            {release.releasedBy &&
              texts('release.by', { name: release.releasedBy.name })}
          </OtherChip>
        ))}
      </ul>
    </section>
  );
}
