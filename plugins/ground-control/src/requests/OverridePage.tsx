import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { ProseField } from '../components/ProseField';
import { StatePanel } from '../components/StatePanel';
import { StatusGlyph } from '../components/StatusGlyph';
import { TextField } from '../components/TextField';
import { VerdictReasons } from '../components/VerdictTiles';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { Live } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { useReader } from '../hooks/useReader';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { PageHeading } from '../pages/PageHeading';
import { ActionFailure } from '../components/ActionFailure';
import { ChangedBanner } from './ChangedBanner';
import { LoadedRequest } from './DecisionPage';
import { countLeft, unseenOf, warningsOf } from './decideReadiness';
import { useDecision } from './useDecision';
import { WarningTicks } from './WarningTicks';

/** As the server asks it. */
const LEAST_REASON = 20;

function OverrideView(props: {
  loaded: ReleaseRequestDetail;
  live: Live<ReleaseRequestDetail>;
}) {
  const t = useRequestsText();
  const format = useFormat();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const navigate = useNavigate();
  const id = useLabelId();
  const { name } = useReader();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const decision = useDecision(props.loaded, props.live);
  const { detail, busy } = decision;
  const { request, override } = detail;
  const names = {
    service: request.service.name,
    environment: request.environment,
  };
  usePageTitle(t('subject', names));
  const blocks = detail.verdicts.filter(({ level }) => level === 'block');
  const warnings = warningsOf(detail.verdicts);
  // The difference is on the page before this one.
  const unseen = unseenOf(detail, {});

  const why = () => {
    if (busy) return t('decision.busy');
    if (!override.allowed) return override.message;
    if (decision.difference) return t('decision.changedFirst');
    if (reason.trim().length < LEAST_REASON) {
      return t('override.needReason', { least: String(LEAST_REASON) });
    }
    if (typed.trim() !== request.service.name) {
      return t('override.needService');
    }
    const policies = warnings.map(({ policy }) => policy);
    const count = countLeft([...policies, ...unseen], decision.accepted);
    return count ? t('decision.acceptSome', { count }) : undefined;
  };
  const missing = why();

  const act = async () => {
    if (missing !== undefined) return;
    const done = await decision.act('override', () =>
      api.overrideRequest(request.id, {
        evidence: detail.evidence,
        reason: reason.trim(),
        accepted: decision.accepted,
      }),
    );
    if (done) navigate(paths.request(request.id));
  };

  return (
    <div className="gc-stack gc-decision gc-override">
      <PageHeading focus="free">{t('override.heading', names)}</PageHeading>
      <p>
        <PageLink to={paths.request(request.id)}>{t('override.back')}</PageLink>{' '}
        <span className="gc-mono">{request.id}</span>
      </p>
      <ChangedBanner decision={decision} />
      <section className="gc-panel gc-stack-tight">
        <h3>{t('override.what')}</h3>
        {!blocks.length && <p>{t('override.nothing')}</p>}
        <ul className="gc-stack-tight">
          {blocks.map(({ policy, title, reason: because, overridable }) => (
            <li key={policy} className="gc-wrap">
              <StatusGlyph status={overridable ? 'failed' : 'locked'} />{' '}
              <span className="gc-strong">{title}</span> {because}{' '}
              {!overridable && (
                <span className="gc-chip">{t('override.notOverridable')}</span>
              )}
            </li>
          ))}
        </ul>
      </section>
      {override.allowed ? (
        <section className="gc-panel gc-decide">
          <p className="gc-wrap">
            {detail.targetClusters.length
              ? t('override.consequence', {
                  clusters: format.list(detail.targetClusters),
                })
              : t('override.consequenceNowhere')}
          </p>
          <p className="gc-strong">
            {name ? t('override.you', { name }) : t('override.youUnknown')}
          </p>
          {/* It may be an approval, which accepts them. */}
          <VerdictReasons verdicts={warnings} />
          <WarningTicks
            decision={decision}
            warnings={warnings}
            unseen={unseen}
          />
          <ProseField
            label={t('override.reason')}
            hint={t('override.reasonHint', {
              least: String(LEAST_REASON),
              number: String(reason.trim().length),
            })}
            value={reason}
            onChange={setReason}
          />
          <TextField
            type="text"
            label={t('override.service', { service: request.service.name })}
            value={typed}
            onChange={setTyped}
          />
          <div className="gc-decide-actions gc-sticky">
            <button
              type="button"
              className="gc-button gc-danger"
              aria-disabled={missing !== undefined}
              aria-describedby={missing && id}
              onClick={act}
            >
              {busy === 'override' ? t('override.acting') : t('override.act')}
            </button>
            {missing !== undefined && (
              <p id={id} className="gc-small gc-wrap">
                {missing}
              </p>
            )}
          </div>
          {decision.error !== undefined && (
            <ActionFailure
              title={t('override.refused')}
              error={decision.error}
            />
          )}
        </section>
      ) : (
        <StatePanel status="locked" title={override.message} />
      )}
    </div>
  );
}

/** `/releases/requests/:id/override`: release over a block, with a reason. */
export function OverridePage() {
  const { id = '' } = useParams();
  return (
    <LoadedRequest key={id} id={id}>
      {(loaded, live) => <OverrideView loaded={loaded} live={live} />}
    </LoadedRequest>
  );
}
