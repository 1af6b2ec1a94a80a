import { useState } from 'react';
import { GatewayEntries } from '@ground-control/backstage-plugin-ground-control-common';
import { LiveState } from '../../components/LiveState';
import { SquadField } from '../../components/SquadField';
import { StatePanel } from '../../components/StatePanel';
import { StatusGlyph } from '../../components/StatusGlyph';
import { FilterChips } from '../../components/FilterChips';
import { useChoices } from '../../hooks/useChoices';
import { useFormAddress } from '../../hooks/useFormAddress';
import { useFormat } from '../../hooks/useFormat';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLabelId } from '../../hooks/useLabelId';
import { useLinksText } from '../../hooks/useLinksText';
import { useLinksTitle } from '../../hooks/useLinksTitle';
import { useLive } from '../../hooks/useLive';
import { describeError } from '../../lib/describeError';
import { PageHeading } from '../../pages/PageHeading';
import {
  AccessForm,
  formatAccessForm,
  parseAccessForm,
} from '../access/accessForm';
import { AccessSheet } from '../access/AccessSheet';
import { describeSquads } from '../calls/describeCalls';
import { useLinksState } from '../useLinksState';
import { EntryTable } from './EntryTable';
import { RepositoryFact } from './RepositoryFact';

function File(props: { answer: GatewayEntries }) {
  const t = useLinksText();
  const { path, problems, repository, revision } = props.answer;
  if (!path && repository) {
    const { name } = repository;
    return revision === null ? null : (
      <p>{t('gateway.noFileThere', { name })}</p>
    );
  }
  if (!path) return <p>{t('gateway.noFile')}</p>;
  return (
    <>
      <p className="gc-small gc-quiet gc-wrap">
        {t('gateway.file', { path, revision: revision?.slice(0, 7) ?? '–' })}
      </p>
      {problems.length > 0 && (
        <section className="gc-panel gc-stack-tight">
          <h3>
            <StatusGlyph status="problem" />{' '}
            {t('gateway.problems', { count: problems.length })}
          </h3>
          <ul>
            {problems.map(({ line, message }) => (
              <li key={`${line} ${message}`} className="gc-wrap">
                {line === null
                  ? message
                  : t('gateway.problemAt', { line: String(line), message })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Entries(props: {
  answer: GatewayEntries;
  mine?: string[];
  onForm(form: AccessForm): void;
}) {
  const t = useLinksText();
  const [message, setMessage] = useState('');
  const { answer, ...rest } = props;
  const { entries, platformEngineers } = answer;
  const declared = entries.filter(({ state }) => state !== 'not-declared');
  const found = entries.filter(({ state }) => state === 'not-declared');
  return (
    <>
      {declared.length > 0 && (
        <EntryTable
          entries={declared}
          label={t('gateway.heading')}
          onMessage={setMessage}
          platformEngineers={platformEngineers}
          {...rest}
        />
      )}
      {found.length > 0 && (
        <section className="gc-stack-tight">
          <h3>{t('gateway.found')}</h3>
          <EntryTable
            entries={found}
            label={t('gateway.found')}
            onMessage={setMessage}
            platformEngineers={platformEngineers}
            {...rest}
          />
        </section>
      )}
      <p role="status" className="gc-small">
        {message}
      </p>
    </>
  );
}

/** `/links/gateway`: what the backbone-gateway's file declares, whether it is there, and whether it answers. */
export function GatewayPage() {
  const t = useLinksText();
  const format = useFormat();
  useLinksTitle(t('page.gateway'));
  const api = useGroundControlApi();
  const choices = useChoices();
  const { state, unknown, change } = useLinksState();
  const { squad = 'mine' } = state;
  const live = useLive(
    `gateway ${JSON.stringify(squad)}`,
    signal => api.getGatewayEntries({ squad }, signal),
    ['links', 'commits', 'repository'],
  );
  const { data } = live;
  const { form, open, close } = useFormAddress(
    parseAccessForm,
    formatAccessForm,
  );
  const why = useLabelId();
  const isOff = live.error !== undefined && !data;
  const entries = data?.entries ?? [];
  // What was never read isn't empty.
  const isKnown = data && !(data.repository && data.revision === null);
  const well = entries.filter(one => one.state === 'in-order').length;
  return (
    <>
      <PageHeading>
        {entries.length
          ? t('gateway.summary', {
              count: entries.length,
              well: format.number(well),
            })
          : t('gateway.heading')}
      </PageHeading>
      <div className="gc-toolbar">
        <SquadField
          squad={squad}
          squads={choices?.squads}
          onChange={value => change({ squad: value })}
        />
        <button
          type="button"
          className="gc-button gc-button-primary gc-push"
          aria-disabled={isOff}
          aria-describedby={isOff ? why : undefined}
          onClick={() => {
            if (!isOff) open({});
          }}
        >
          {t('access.ask')}
        </button>
      </div>
      {isOff && (
        <p id={why} className="gc-small gc-wrap">
          {t('access.askOff', { reason: describeError(live.error).message })}
        </p>
      )}
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      <LiveState live={live} rows={8} rowHeight={72} />
      {data && <RepositoryFact answer={data} />}
      {data && <File answer={data} />}
      {isKnown && !entries.length && (
        <StatePanel
          title={
            Array.isArray(squad)
              ? t('gateway.emptySquads', {
                  squads: describeSquads(t, format, squad),
                })
              : t(squad === 'all' ? 'gateway.empty' : 'gateway.emptySquad')
          }
          action={
            squad === 'all'
              ? undefined
              : {
                  label: t('calls.showAll'),
                  onClick: () => change({ squad: 'all' }),
                }
          }
        >
          <p>{t('gateway.emptyHow')}</p>
        </StatePanel>
      )}
      {data && <Entries answer={data} mine={choices?.mine} onForm={open} />}
      {form && !isOff && (data || form.remove === undefined) && (
        <AccessSheet
          key={JSON.stringify(form)}
          form={form}
          entry={entries.find(({ id }) => id === form.remove)}
          choices={choices}
          squad={squad}
          onClose={close}
        />
      )}
    </>
  );
}
