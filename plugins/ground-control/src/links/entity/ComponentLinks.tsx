import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { groundControlApiRef } from '../../api';
import { useLinksText } from '../../hooks/useLinksText';
import { useLive } from '../../hooks/useLive';
import { describeError } from '../../lib/describeError';
import { CallTable } from '../calls/CallTable';
import { EntryTable } from '../gateway/EntryTable';

/** What a Component calls over links, who calls it, and its entries of the gateway; nothing where there is neither. */
export function ComponentLinks(props: { entityRef: string }) {
  const t = useLinksText();
  const api = useApi(groundControlApiRef);
  const [message, setMessage] = useState('');
  const entity = props.entityRef;
  const live = useLive(
    `links of ${entity}`,
    async signal => {
      const [calls, entries] = await Promise.all([
        api.getLinkCalls({ entity }, signal),
        api.getGatewayEntries({ entity }, signal),
      ]);
      return { ...calls, entries: entries.entries };
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
  if (!data?.calls.length && !data?.entries.length) return null;
  return (
    <section className="gc-stack-tight">
      <h3>{t('entity.heading')}</h3>
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
          onMessage={setMessage}
        />
      )}
      <p role="status" className="gc-small">
        {message}
      </p>
    </section>
  );
}
