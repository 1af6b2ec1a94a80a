import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksPath } from '../../hooks/useLinksPath';
import { useLinksText } from '../../hooks/useLinksText';
import { useLive } from '../../hooks/useLive';
import { describeError } from '../../lib/describeError';
import { AccessForm, formatAccessForm } from '../access/accessForm';
import { CallTable } from '../calls/CallTable';
import { EntryTable } from '../gateway/EntryTable';

/** What a Component calls over links, who calls it, and its entries of the gateway; nothing where there is neither, nor a gateway to ask for access. */
export function ComponentLinks(props: {
  entityRef: string;
  /** What it is among services; absent where that isn't known. */
  service?: ServiceRef;
}) {
  const t = useLinksText();
  const api = useGroundControlApi();
  const [message, setMessage] = useState('');
  const navigate = useNavigate();
  const paths = useLinksPath();
  const { entityRef: entity, service } = props;
  const formOf = (form: AccessForm) =>
    `${paths.gateway}?${formatAccessForm(
      { ...form, service: service && formatServiceRef(service) },
      // Its entries may be another squad's.
      new URLSearchParams(form.remove && { squad: 'all' }),
    )}`;
  const live = useLive(
    `links of ${entity}`,
    async signal => {
      const [calls, entries] = await Promise.all([
        api.getLinkCalls({ entity }, signal),
        api.getGatewayEntries({ entity }, signal),
      ]);
      const { entries: list, path, platformEngineers } = entries;
      return { ...calls, entries: list, path, platformEngineers };
    },
    ['links'],
  );
  const { data, error } = live;
  if (error !== undefined && !data) {
    return (
      <p className="gc-small gc-quiet gc-wrap">
        {t('entity.notLoaded', { message: describeError(error).message })}
      </p>
    );
  }
  const mayAsk = service !== undefined && data?.path;
  if (!data?.calls.length && !data?.entries.length && !mayAsk) return null;
  return (
    <section className="gc-stack-tight">
      <div className="gc-row gc-spread">
        <h3>{t('page.title')}</h3>
        {mayAsk && (
          <PageLink to={formOf({})} className="gc-button">
            {t('access.ask')}
          </PageLink>
        )}
      </div>
      {data.calls.length > 0 && (
        <CallTable
          calls={data.calls}
          trafficUnknown={data.trafficMissing !== null}
        />
      )}
      {data.entries.length > 0 && (
        <EntryTable
          entries={data.entries}
          label={t('gateway.heading')}
          platformEngineers={data.platformEngineers}
          onMessage={setMessage}
          onForm={form => navigate(formOf(form))}
        />
      )}
      <p role="status" className="gc-small">
        {message}
      </p>
    </section>
  );
}
