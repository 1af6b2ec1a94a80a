import { useState } from 'react';
import {
  formatServiceRef,
  RequestPreview,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../components/Hidden';
import { SideSheet } from '../components/SideSheet';
import { TextField } from '../components/TextField';
import { LiveState } from '../components/LiveState';
import { StatusGlyph } from '../components/StatusGlyph';
import { VerdictGlyphs, VerdictReasons } from '../components/VerdictTiles';
import { useAskText } from '../hooks/useAskText';
import { useFormat } from '../hooks/useFormat';
import { shortArtifactId } from '../lib/shortArtifactId';
import { AskedList } from './AskedList';
import { DecidesText } from './DecidesLine';
import { pinWish } from './decideOptions';
import { decideReadiness } from './decideReadiness';
import { DiffFold } from './DiffFold';
import { PAUSE_HOURS, PauseTick } from './PauseTick';
import { ReasonField } from './ReasonField';
import { SendButton } from './SendButton';
import { useAsk } from './useAsk';
import { BatchIntent, useBatchPreviews } from './useBatchPreviews';

const HEADINGS = {
  promote: 'form.promoteHeading',
  'release-branch': 'form.branchHeading',
  rollback: 'form.rollbacksHeading',
} as const;

function Wish(props: { preview: RequestPreview; onRemove(): void }) {
  const t = useAskText();
  const format = useFormat();
  const { preview, onRemove } = props;
  const { ask, artifactId, verdicts, changes, diff, supersedes } = preview;
  const { autoReleaseOf } = preview;
  const service = formatServiceRef(preview.wish.service);
  return (
    <li>
      <div className="gc-wish-head">
        <span className="gc-row">
          <span className="gc-strong gc-wrap">{service}</span>{' '}
          {artifactId && (
            <span className="gc-mono" title={artifactId}>
              {shortArtifactId(artifactId)}
            </span>
          )}{' '}
          {changes.total !== undefined && (
            <span className="gc-quiet">
              {t('batch.changes', { count: changes.total })}
            </span>
          )}{' '}
          <VerdictGlyphs verdicts={verdicts} />
        </span>
        <button
          type="button"
          className="gc-button gc-button-bare"
          onClick={onRemove}
        >
          {t('batch.remove')} <Hidden>{service}</Hidden>
        </button>
      </div>
      <VerdictReasons verdicts={verdicts} />
      {ask.allowed ? (
        <div className="gc-small">
          <DecidesText preview={preview} />
          {autoReleaseOf !== undefined && (
            <p className="gc-quiet">
              {t('rollback.auto', { branch: autoReleaseOf })}
            </p>
          )}
          {supersedes.length > 0 && (
            <p className="gc-quiet gc-wrap">
              {t('preview.supersedes', { requests: format.list(supersedes) })}
            </p>
          )}
          <DiffFold diff={diff} of={service} />
        </div>
      ) : (
        <p className="gc-small gc-wrap">
          <StatusGlyph status="locked" /> {ask.message}
        </p>
      )}
    </li>
  );
}

/** Asks for the same of several services at once: for all of them, or none. */
export function BatchSheet(props: {
  services: ServiceRef[];
  environment: string;
  intent: BatchIntent;
  mainBranch: string;
  onRemove(service: ServiceRef): void;
  onClose(asked: boolean): void;
}) {
  const t = useAskText();
  const asking = useAsk();
  const [reason, setReason] = useState('');
  const [pause, setPause] = useState(false);
  const [branch, setBranch] = useState(props.mainBranch);
  const { environment, intent } = props;
  const { asked } = asking;
  const services = asked || !branch.trim() ? [] : props.services;
  const live = useBatchPreviews({
    services,
    environment,
    intent,
    branch: branch.trim(),
  });
  // Auto-releases that another program does are nobody's to pause here.
  const isPausable =
    live.data?.some(({ autoReleasePausable }) => autoReleasePausable) ?? false;
  const readiness = decideReadiness({
    wishes: services.length,
    previews: live.data,
    previewFailed: live.error !== undefined,
  });
  return (
    <SideSheet
      subject={asked ? 'asked' : `${intent} ${environment}`}
      heading={t(HEADINGS[intent], {
        count: asked?.length ?? props.services.length,
        environment,
      })}
      onClose={() => props.onClose(asked !== undefined)}
    >
      {asked ? (
        <AskedList asked={asked} />
      ) : (
        <>
          {intent === 'release-branch' && (
            <TextField
              label={t('choose.newestOf')}
              value={branch}
              onChange={setBranch}
            />
          )}
          <section className="gc-stack-tight">
            <h3>{t('batch.preview')}</h3>
            <p>{t('batch.allOrNone')}</p>
            <LiveState live={live} rows={services.length} />
            <ul className="gc-wishes">
              {live.data?.map(preview => (
                <Wish
                  key={formatServiceRef(preview.wish.service)}
                  preview={preview}
                  onRemove={() => props.onRemove(preview.wish.service)}
                />
              ))}
            </ul>
          </section>
          {isPausable && <PauseTick checked={pause} onChange={setPause} />}
          <ReasonField value={reason} onChange={setReason} />
          <SendButton
            label={
              readiness.ready && readiness.immediate
                ? t(
                    intent === 'rollback'
                      ? 'action.rollback'
                      : 'action.release',
                  )
                : t('action.askAll', { count: services.length })
            }
            readiness={readiness}
            asking={asking}
            choose={t(branch.trim() ? 'batch.empty' : 'action.choose')}
            onSend={() =>
              asking.send({
                wishes: live.data?.map(pinWish) ?? [],
                reason: reason.trim() || undefined,
                ...(pause &&
                  isPausable && { pauseAutoReleaseHours: PAUSE_HOURS }),
              })
            }
          />
        </>
      )}
    </SideSheet>
  );
}
