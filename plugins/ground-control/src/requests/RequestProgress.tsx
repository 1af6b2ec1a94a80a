import {
  AccessWish,
  ReleaseRequest,
  RequestCluster,
  RequestStep,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { nameOfPerson } from '../lib/nameOfPerson';
import { shownState } from '../lib/shownState';
import { Status, StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { usePagesText } from '../hooks/usePagesText';

const CLUSTER_GLYPHS: Record<RequestCluster['state'], Status> = {
  waiting: 'pending',
  arrived: 'rolling-out',
  running: 'reconciled',
  failed: 'failed',
};

/** Of access: whether it comes, from clusters or from outside of the mesh, or goes. */
type Change = AccessWish['change'] | 'wayIn';

function changeOf(wish: AccessWish | undefined): Change | undefined {
  return wish?.change === 'add' && !wish.from.length ? 'wayIn' : wish?.change;
}

/** How it stands in each cluster that it goes to, or that it is called from. */
export function RequestClusters(props: { request: ReleaseRequest }) {
  const t = useRequestsText();
  const { access, clusters, code } = props.request;
  const change = changeOf(access?.wish);
  if (!clusters.length) return null;
  const running = clusters.filter(({ state }) => state === 'running').length;
  return (
    <div className="gc-stack-tight">
      <p>
        {t(change ? `access.${change}.count` : 'decision.running', {
          running: String(running),
          total: String(clusters.length),
        })}
      </p>
      <ul className="gc-stack-tight" aria-label={t('decision.clusters')}>
        {clusters.map(({ cluster, state, reason }) => {
          // Nothing that comes later would tell more.
          const isOver = code === 'mirrored-unmeasured' && state === 'arrived';
          const words = t(
            change ? `access.${change}.${state}` : `cluster.${state}`,
          );
          return (
            <li key={cluster} className="gc-wrap">
              <StatusGlyph
                status={isOver ? 'unknown' : CLUSTER_GLYPHS[state]}
              />{' '}
              <span className="gc-strong">{cluster}</span>{' '}
              {isOver ? t('access.unmeasured') : words}
              {reason && <p className="gc-small gc-quiet">{reason}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function accessTextOf(
  t: RequestsText,
  change: Change,
  code: string,
): string | undefined {
  switch (code) {
    case 'cluster-arrived':
      return t(`access.${change}.stepArrived`);
    case 'cluster-running':
      return t(`access.${change}.step`);
    case 'no-clusters':
      return t('access.stepUnwatched');
    default:
      return undefined;
  }
}

// A code that is not known here still says its state, or its own words.
function textOf(t: RequestsText, step: RequestStep, change?: Change): string {
  const own = change && accessTextOf(t, change, step.code);
  if (own) return own;
  const { code, state } = step;
  const options: object = {
    defaultValue: state ? t(`state.${shownState({ state, code })}`) : code,
  };
  return t(`step.${code}` as 'step.asked', options as {});
}

/** What happened to a request, step by step, each with its time. */
export function RequestTimeline(props: {
  steps: RequestStep[];
  wish?: AccessWish;
}) {
  const t = useRequestsText();
  const texts = usePagesText();
  const format = useFormat();
  const change = changeOf(props.wish);
  return (
    <ol className="gc-timeline" aria-label={t('decision.timeline')}>
      {props.steps.map((step, i) => {
        const at = new Date(step.at);
        return (
          // Steps are only ever added at the end.
          // eslint-disable-next-line react/no-array-index-key
          <li key={i}>
            <time
              className="gc-quiet"
              dateTime={step.at}
              title={format.moment(at)}
            >
              {format.second(at)}
            </time>
            <span className="gc-wrap">
              {textOf(t, step, change)}
              {step.cluster && (
                <>
                  {': '}
                  <span className="gc-strong">{step.cluster}</span>
                </>
              )}
              {step.by && (
                <span className="gc-quiet">
                  {' '}
                  {texts('release.by', { name: nameOfPerson(step.by) })}
                </span>
              )}
              {step.message && (
                <p className="gc-small gc-quiet">{step.message}</p>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The commit that a request became. */
export function RequestCommit(props: {
  commit: NonNullable<ReleaseRequest['commit']>;
}) {
  const t = useRequestsText();
  const { revision, position, url } = props.commit;
  return (
    <p>
      {t('audit.commit')}{' '}
      {url ? (
        <PortalLink to={url} className="gc-mono">
          {revision.slice(0, 7)}
        </PortalLink>
      ) : (
        <span className="gc-mono">{revision.slice(0, 7)}</span>
      )}
      {position !== undefined && (
        <span className="gc-quiet">
          {' · '}
          {t('decision.position', { position: String(position) })}
        </span>
      )}
    </p>
  );
}
