import { RequestChanges } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { StatusGlyph } from '../components/StatusGlyph';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { shownState } from '../lib/shownState';
import { ActionFailure } from '../components/ActionFailure';
import { DecisionList } from './DecisionList';
import { NextRequest } from './NextRequest';
import { OverrideLink } from './OverrideLink';
import { RequestActions } from './RequestActions';
import { RequestClusters, RequestCommit } from './RequestProgress';
import { Decision } from './useDecision';
import { Beside } from './useInbox';

function includes(
  t: ReturnType<typeof useRequestsText>,
  all: boolean,
  { kind, total: count = 0 }: RequestChanges,
): string {
  if (!all) return t('decision.includesNot');
  if (count === 0 || kind === 'unknown') return t('decision.includesAll');
  return kind === 'commits'
    ? t('decision.includesCommits', { count })
    : t('decision.includesBuilds', { count });
}

/** What became of a request that waits for no decision any more, and what can be done. */
export function OutcomePanel(props: { decision: Decision; beside: Beside }) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const { decision } = props;
  const { request, changes, supersededIncludes } = decision.detail;
  const { access, commit, environment, message, supersededBy } = request;
  const state = shownState(request);
  return (
    <section className="gc-panel gc-outcome">
      <h3>
        <RequestStateGlyph state={state} /> {t(`state.${state}`)}
      </h3>
      {request.override && (
        <p className="gc-bad">
          <StatusGlyph status="problem" /> {t('decision.overridden')}
        </p>
      )}
      {state === 'failed' && !commit && !access && (
        <p>{t('decision.nothingChanged', { environment })}</p>
      )}
      {message && !supersededBy && <p className="gc-wrap">{message}</p>}
      {supersededBy && (
        <p>
          <PageLink to={paths.request(supersededBy)}>
            {t('decision.supersededBy', { id: supersededBy })}
          </PageLink>
        </p>
      )}
      {supersededIncludes !== undefined && (
        <p>{includes(t, supersededIncludes, changes)}</p>
      )}
      <DecisionList decisions={request.decisions} />
      {commit && <RequestCommit commit={commit} />}
      <RequestClusters request={request} />
      <RequestActions decision={decision} />
      <OverrideLink decision={decision} />
      {decision.error !== undefined && (
        <ActionFailure title={t('decision.refused')} error={decision.error} />
      )}
      <NextRequest beside={props.beside} />
    </section>
  );
}
