import { useMemo, useState } from 'react';
import {
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { StatePanel } from '../components/StatePanel';
import { ReleaseSummary } from '../release/ReleaseSummary';
import { usePagesText } from '../hooks/usePagesText';
import { ChoiceFields } from './ChoiceFields';
import {
  Choice,
  decideOptions,
  isWhole,
  pinWish,
  wishOf,
} from './decideOptions';
import { decideReadiness } from './decideReadiness';
import { PreviewView } from './PreviewView';
import { ReasonField } from './ReasonField';
import { SendButton } from './SendButton';
import { Asking } from './useAsk';
import { usePreviews } from './usePreviews';

/** Chooses what to release to an environment, shows what it would come to, and asks. */
export function RequestForm(props: {
  service: ServiceRef;
  environment: string;
  choices: ReleaseChoices;
  asking: Asking;
  reason: string;
  onReason(reason: string): void;
}) {
  const t = usePagesText();
  const { service, environment, choices, asking, reason } = props;
  const [picked, setPicked] = useState<Choice>();
  const options = useMemo(() => decideOptions(choices), [choices]);
  const choice = picked ?? options.initial;
  const wishes = isWhole(choice) ? [wishOf(choice, service, environment)] : [];
  const live = usePreviews(wishes);
  const readiness = decideReadiness({
    ask: choices.ask,
    wishes: wishes.length,
    previews: live.data,
    previewFailed: live.error !== undefined,
  });
  return (
    <>
      <section className="gc-stack-tight">
        <h3>{t('form.now')}</h3>
        {choices.current ? (
          <ReleaseSummary release={choices.current} surelyCurrent />
        ) : (
          <p>{t('form.nothingNow', { environment })}</p>
        )}
      </section>
      {options.candidates.length ? (
        <ChoiceFields
          service={service}
          options={options}
          choice={choice}
          onChoose={setPicked}
        />
      ) : (
        <StatePanel
          status="not-released"
          title={t('choose.none', { service: service.name })}
        />
      )}
      {wishes.length > 0 ? (
        <PreviewView live={live} />
      ) : (
        <p className="gc-quiet">{t('preview.chooseFirst')}</p>
      )}
      <ReasonField value={reason} onChange={props.onReason} />
      <SendButton
        label={
          readiness.ready && readiness.immediate
            ? t('action.release')
            : t('action.ask')
        }
        readiness={readiness}
        asking={asking}
        choose={t('action.choose')}
        onSend={() =>
          asking.send({
            wishes: live.data?.map(pinWish) ?? [],
            reason: reason.trim() || undefined,
          })
        }
      />
    </>
  );
}
