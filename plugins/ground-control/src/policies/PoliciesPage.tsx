import { useState } from 'react';
import {
  formatServiceRef,
  PolicyChanged,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { useUrlState } from '../hooks/useUrlState';
import { LiveState } from '../components/LiveState';
import { StatusGlyph } from '../components/StatusGlyph';
import { FilterChips } from '../components/FilterChips';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { shortName } from '../lib/shortName';
import { PageHeading } from '../pages/PageHeading';
import { EditButton } from './EditButton';
import {
  formatPoliciesState,
  parsePoliciesState,
  PoliciesState,
} from './policiesState';
import { PoliciesToolbar } from './PoliciesToolbar';
import { PolicyTable } from './PolicyTable';
import { RulesSheet } from './RulesSheet';
import { ServiceSheet } from './ServiceSheet';

/** What the reader does with a subject's policies. */
interface Acted {
  of: string;
  form?: 'rules' | 'service';
  changed?: PolicyChanged;
}

function nameOf(subject: PolicySubject): string | undefined {
  if (subject.level === 'squad') return shortName(subject.squad);
  return subject.level === 'service'
    ? formatServiceRef(subject.service)
    : undefined;
}

/** `/releases/policies`: which rules hold, who says so, and how to change them. */
export function PoliciesPage() {
  const t = usePoliciesText();
  const api = useGroundControlApi();
  const {
    state,
    unknown,
    params,
    change: changeUrl,
  } = useUrlState(parsePoliciesState, formatPoliciesState);
  const { subject, environment } = state;
  // A form, and what came of it, are of one subject: a link leads to others.
  const of = JSON.stringify(subject);
  const [acted, setActed] = useState<Acted>({ of });
  const { form, changed } = acted.of === of ? acted : ({ of } as Acted);
  const name = nameOf(subject);
  const heading = t(`of.${subject.level}`, { name: name ?? '' });
  usePageTitle(heading);
  const searchOf = (part: Partial<PoliciesState>) =>
    formatPoliciesState({ ...state, ...part }, params).toString();
  const change = (part: Partial<PoliciesState>) => {
    setActed({ of });
    changeUrl(part);
  };
  const live = useLive(
    `policies ${of}`,
    signal => api.getPolicies(subject, signal),
    ['commits', 'requests'],
  );
  const policies = live.data;
  const sheet = {
    environment,
    onClose: () => setActed({ of }),
    onDone: (done: PolicyChanged) => {
      setActed({ of, changed: done });
      live.refresh();
    },
  };
  return (
    <>
      <PageHeading>{heading}</PageHeading>
      <PoliciesToolbar state={state} onChange={change} />
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      <LiveState live={live} rows={8} />
      {changed && (
        <p role="status" className="gc-banner">
          <StatusGlyph status="fine" />
          {changed.revision === undefined
            ? t('apply.same')
            : t('apply.done', { revision: changed.revision.slice(0, 10) })}
        </p>
      )}
      {policies && (
        <>
          {[policies.rules.fault, policies.service?.fault].map(
            fault =>
              fault !== undefined && (
                <p key={fault} className="gc-banner gc-banner-warn">
                  <StatusGlyph status="warning" />
                  <span className="gc-wrap">{fault}</span>
                </p>
              ),
          )}
          <div className="gc-row gc-targets">
            {policies.squad && (
              <PageLink
                to={{
                  search: searchOf({
                    subject: { level: 'squad', squad: policies.squad },
                  }),
                }}
              >
                {t('of.squad', { name: shortName(policies.squad) })}
              </PageLink>
            )}
            {subject.level !== 'defaults' && (
              <PageLink
                to={{ search: searchOf({ subject: { level: 'defaults' } }) }}
              >
                {t('scope.toDefaults')}
              </PageLink>
            )}
          </div>
          <PolicyTable policies={policies} environment={environment} />
          <EditButton
            label={t('edit.rules')}
            document={policies.rules}
            onOpen={() => setActed({ of, form: 'rules' })}
          />
          {policies.service && (
            <EditButton
              label={t('edit.service')}
              document={policies.service}
              onOpen={() => setActed({ of, form: 'service' })}
            />
          )}
        </>
      )}
      {policies && form === 'rules' && (
        <RulesSheet
          {...sheet}
          policies={policies}
          name={name ?? t('edit.defaults')}
        />
      )}
      {policies?.service &&
        subject.level === 'service' &&
        form === 'service' && (
          <ServiceSheet
            {...sheet}
            policies={policies}
            service={subject.service}
            document={policies.service}
          />
        )}
    </>
  );
}
