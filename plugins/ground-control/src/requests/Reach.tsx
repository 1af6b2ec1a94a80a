import {
  formatServiceRef,
  RequestReach,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../hooks/useFormat';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';

function sayCallers(t: RequestsText, reach: RequestReach): string {
  const { declared, observed, observedMissing, totalCallers } = reach;
  const isUnknown = declared === null && observed === null;
  let callers: string = t('decision.callers', { count: totalCallers });
  if (totalCallers === 0) {
    callers = t(isUnknown ? 'decision.callersUnknown' : 'decision.callersNone');
  }
  return t('decision.callersOf', {
    callers,
    declared:
      declared === null
        ? t('decision.declaredUnknown')
        : t('decision.declared', { number: String(declared) }),
    observed:
      observed === null
        ? t('decision.observedUnknown')
        : t(
            observedMissing === undefined
              ? 'decision.observed'
              : 'decision.observedSome',
            { number: String(observed) },
          ),
  });
}

/** What runs of it now, and who calls it: whom a release may hurt. */
export function Reach(props: { reach: RequestReach; clusters: number }) {
  const t = useRequestsText();
  const format = useFormat();
  const { reach, clusters } = props;
  const { callers, hiddenCallers, observedMissing, pods, totalCallers } = reach;
  const more = totalCallers - hiddenCallers - callers.length;
  return (
    <>
      {clusters > 0 && (
        <p className="gc-small gc-wrap">
          {pods
            ? t('decision.pods', {
                ready: String(pods.ready),
                desired: String(pods.desired),
                told: String(pods.clusters),
                count: clusters,
              })
            : t('decision.podsUnknown')}
        </p>
      )}
      {!totalCallers && !observedMissing ? (
        <p className="gc-small gc-wrap">{sayCallers(t, reach)}</p>
      ) : (
        <details className="gc-small gc-wrap">
          <summary className="gc-unfold-line">{sayCallers(t, reach)}</summary>
          {format.list(callers.map(formatServiceRef))}{' '}
          {more > 0 && t('decision.callersMore', { number: String(more) })}{' '}
          {hiddenCallers > 0 &&
            t('decision.callersHidden', { number: String(hiddenCallers) })}{' '}
          <span className="gc-quiet">{observedMissing}</span>
        </details>
      )}
    </>
  );
}
