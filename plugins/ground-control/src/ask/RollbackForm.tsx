import { useState } from 'react';
import {
  Release,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { ReleaseSummary } from '../release/ReleaseSummary';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { Cause, CauseFields } from './CauseFields';
import { decideReadiness } from './decideReadiness';
import { findRollback, rollbackTo } from './decideRollback';
import { PAUSE_HOURS, PauseTick } from './PauseTick';
import { PreviewView } from './PreviewView';
import { RollbackFields } from './RollbackFields';
import { SendButton } from './SendButton';
import { Asking } from './useAsk';
import { usePreviews } from './usePreviews';

/** Chooses the release to go back to, shows what that undoes, and asks. */
export function RollbackForm(props: {
  service: ServiceRef;
  environment: string;
  choices: ReleaseChoices;
  /** Clusters that report what runs now as failed. */
  failing: string[];
  asking: Asking;
}) {
  const t = usePagesText();
  const format = useFormat();
  const { service, environment, choices, failing, asking } = props;
  const [picked, setPicked] = useState<Release>();
  const [pause, setPause] = useState(false);
  const [why, setWhy] = useState<Cause>({ details: '' });
  const chosen = picked ?? findRollback(choices);
  const wishes = chosen ? [rollbackTo(chosen, service, environment)] : [];
  const live = usePreviews(wishes);
  const readiness = decideReadiness({
    ask: choices.ask,
    wishes: wishes.length,
    previews: live.data,
    previewFailed: live.error !== undefined,
    askUnjudged: true,
  });
  const { autoReleaseOf } = live.data?.[0] ?? {};
  const cause = why.cause && t(`rollback.cause${why.cause}`);
  const details = why.details.trim();
  const reason =
    cause && details
      ? t('rollback.causeWith', { cause, details })
      : cause || details;
  return (
    <>
      <section className="gc-stack-tight">
        <h3>{t('form.now')}</h3>
        {choices.current ? (
          <ReleaseSummary release={choices.current} surelyCurrent />
        ) : (
          <p>{t('form.nothingNow', { environment })}</p>
        )}
        {failing.length > 0 && (
          <p>
            <StatusGlyph status="failed" />{' '}
            {t('rollback.failingIn', { clusters: format.list(failing) })}
          </p>
        )}
      </section>
      <RollbackFields
        service={service}
        environment={environment}
        choices={choices}
        picked={chosen?.revision}
        onPick={setPicked}
      />
      {autoReleaseOf !== undefined && (
        <div className="gc-stack-tight">
          <p>
            <StatusGlyph status="warning" />{' '}
            {t('rollback.auto', { branch: autoReleaseOf })}
          </p>
          <PauseTick checked={pause} onChange={setPause} />
        </div>
      )}
      {wishes.length > 0 && <PreviewView live={live} rollback />}
      <CauseFields value={why} onChange={setWhy} />
      <SendButton
        label={
          readiness.ready && readiness.immediate === false
            ? t('action.ask')
            : t('action.rollback')
        }
        readiness={readiness}
        asking={asking}
        choose={t('action.chooseRollback')}
        onSend={() =>
          asking.send({
            wishes,
            reason: reason || undefined,
            ...(pause &&
              autoReleaseOf !== undefined && {
                pauseAutoReleaseHours: PAUSE_HOURS,
              }),
          })
        }
      />
    </>
  );
}
