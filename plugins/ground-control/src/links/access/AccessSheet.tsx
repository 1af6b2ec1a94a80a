import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  AskForAccess,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { DecidesLine } from '../../ask/DecidesLine';
import { decideReadiness } from '../../ask/decideReadiness';
import { DiffFold } from '../../ask/DiffFold';
import { PreviewFrame } from '../../ask/PreviewFrame';
import { ReasonField } from '../../ask/ReasonField';
import { SendButton } from '../../ask/SendButton';
import { useSending } from '../../ask/useSending';
import { SideSheet } from '../../components/SideSheet';
import { TextField } from '../../components/TextField';
import { VerdictTiles } from '../../components/VerdictTiles';
import { usePagesText } from '../../hooks/usePagesText';
import { Choices } from '../../hooks/useChoices';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksText } from '../../hooks/useLinksText';
import { useLoad } from '../../hooks/useLoad';
import { usePreview } from '../../hooks/usePreview';
import { useReleasesPath } from '../../hooks/useReleasesPath';
import { DEFAULT_LINKS_STATE } from '../linksState';
import { AccessFacts } from './AccessFacts';
import { AccessFieldset } from './AccessFieldset';
import { AccessForm } from './accessForm';
import {
  AccessFields,
  decideRemoval,
  decideWish,
  EMPTY_FIELDS,
} from './decideWish';
import { listOwn, prefillService } from './prefillService';

/** Who types asks once. */
const TYPING_MS = 400;

/** Asks for access through the gateway, or to be rid of it, at the side of the page. */
export function AccessSheet(props: {
  form: AccessForm;
  /** The one that is to go. */
  entry?: GatewayEntry;
  choices?: Choices;
  /** Whose entries are looked at. */
  squad: 'mine' | 'all' | string[];
  onClose(): void;
}) {
  const t = useLinksText();
  const pt = usePagesText();
  const api = useGroundControlApi();
  const navigate = useNavigate();
  const paths = useReleasesPath();
  const { form, entry, choices } = props;
  const { remove, ...given } = form;
  const [typed, setTyped] = useState<Partial<AccessFields>>({});
  const [reason, setReason] = useState('');
  const isRemoval = remove !== undefined;
  const clusters = useLoad('clusters of links', async signal => {
    const { percentile, window } = DEFAULT_LINKS_STATE;
    const matrix = await api.getLinkMatrix({ percentile, window }, signal);
    return matrix.clusters.map(({ name }) => name);
  }).data;
  const services = choices?.services;
  const own = listOwn(choices, props.squad);
  const { name = given.name } = typed;
  const called = services?.find(one => one.name === name?.trim());
  const namespace = typed.name === undefined ? given.namespace : undefined;
  const fields: AccessFields = {
    ...EMPTY_FIELDS,
    service: prefillService(own, entry ?? given),
    ...given,
    namespace: namespace ?? called?.namespace ?? '',
    ...typed,
  };
  const decided = isRemoval
    ? decideRemoval(entry, fields.service, services)
    : decideWish(fields, services);
  const wish = typeof decided === 'string' ? null : decided;
  const live = usePreview(
    wish,
    async (wanted, signal) =>
      wanted ? api.previewAccess(wanted, signal) : undefined,
    { kinds: ['links', 'commits', 'requests'], delayMs: TYPING_MS },
  );
  const asking = useSending<Omit<AskForAccess, 'idempotencyKey'>>(async ask => [
    await api.askForAccess(ask),
  ]);
  const id = asking.asked?.[0].id;
  const to = id && paths.request(id);
  useEffect(() => {
    if (to) navigate(to, { replace: true });
  }, [to, navigate]);
  return (
    <SideSheet
      subject={remove ?? 'ask'}
      heading={
        isRemoval
          ? t('access.removeHeading', {
              name: entry?.name ?? '–',
              cluster: entry?.cluster ?? '–',
            })
          : t('access.ask')
      }
      onClose={props.onClose}
    >
      <TextField
        label={t(isRemoval ? 'access.asker' : 'access.service')}
        value={fields.service}
        options={own}
        placeholder={t('access.serviceExample')}
        onChange={service => setTyped(before => ({ ...before, service }))}
      />
      {!isRemoval && (
        <AccessFieldset
          fields={fields}
          choices={choices}
          clusters={clusters ?? []}
          onChange={part => setTyped(before => ({ ...before, ...part }))}
        />
      )}
      {wish && (
        <PreviewFrame live={live}>
          {preview =>
            preview && (
              <>
                <h3>{pt('preview.heading')}</h3>
                <VerdictTiles verdicts={preview.verdicts} />
                <AccessFacts access={preview} standing={preview} />
                {preview.diff && (
                  <DiffFold
                    summary={t('access.diff')}
                    diff={{ files: [preview.diff], unchangedFiles: 0 }}
                  />
                )}
                <DecidesLine preview={preview} />
              </>
            )
          }
        </PreviewFrame>
      )}
      <ReasonField value={reason} onChange={setReason} />
      <SendButton
        label={pt('action.ask')}
        readiness={decideReadiness({
          wishes: wish ? 1 : 0,
          previews: live.data && [live.data],
          previewFailed: live.error !== undefined,
        })}
        asking={asking}
        choose={
          typeof decided === 'string' ? t(`access.missing.${decided}`) : ''
        }
        onSend={() =>
          wish && asking.send({ wish, reason: reason.trim() || undefined })
        }
      />
    </SideSheet>
  );
}
