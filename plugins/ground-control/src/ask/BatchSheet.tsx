import { useRef, useState } from 'react';
import {
  formatServiceRef,
  ReleaseWish,
  RequestPreview,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RefreshError } from '../components/RefreshError';
import { SideSheet } from '../components/SideSheet';
import { ErrorPanel } from '../components/StatePanel';
import { TextField } from '../components/TextField';
import { usePagesText } from '../hooks/usePagesText';
import { AskedList } from './AskedList';
import { BatchRow } from './BatchRow';
import { pinWish } from './decideOptions';
import { decideReadiness } from './decideReadiness';
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

/**
 * The last previews of what is wished now: a row keeps its place, and what it
 * says, while others are judged anew.
 */
function useStanding(
  previews: RequestPreview[] | undefined,
  wishes: string[],
): Array<RequestPreview | undefined> {
  const known = useRef(new Map<string, RequestPreview>());
  if (previews) {
    known.current = new Map(wishes.map((wish, i) => [wish, previews[i]]));
  }
  return wishes.map(wish => known.current.get(wish));
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
  const t = usePagesText();
  const asking = useAsk();
  const [reason, setReason] = useState('');
  const [pause, setPause] = useState(false);
  const [branch, setBranch] = useState(props.mainBranch);
  const { environment, intent } = props;
  const { asked } = asking;
  const [picked, setPicked] = useState<Record<string, ReleaseWish>>({});
  const services = asked || !branch.trim() ? [] : props.services;
  const same = { environment, intent, branch: branch.trim() };
  const live = useBatchPreviews({ ...same, services, picked });
  const standing = useStanding(
    live.data,
    services.map(service => {
      const name = formatServiceRef(service);
      return JSON.stringify([name, picked[name] ?? same]);
    }),
  );
  const isPausable = standing.some(
    preview => preview?.autoReleaseOf !== undefined,
  );
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
            <RefreshError live={live} />
            {live.error !== undefined && !live.data && (
              <ErrorPanel error={live.error} onRetry={live.refresh} />
            )}
            <ul className="gc-wishes">
              {services.map((service, i) => {
                const name = formatServiceRef(service);
                const preview = standing[i];
                return (
                  <BatchRow
                    key={name}
                    service={service}
                    environment={environment}
                    rollback={intent === 'rollback'}
                    wish={picked[name] ?? preview?.wish}
                    preview={preview}
                    judging={live.loading}
                    onPick={wish =>
                      setPicked(all => ({ ...all, [name]: wish }))
                    }
                    onRemove={() => props.onRemove(service)}
                  />
                );
              })}
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
