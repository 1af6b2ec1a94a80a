import { ReactNode } from 'react';
import {
  EffectivePolicy,
  EnvironmentPolicies,
  Policies,
  POLICY_RULES,
  PolicyPlace,
  RuleSource,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { useFormat } from '../hooks/useFormat';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { PoliciesText, usePoliciesText } from '../hooks/usePoliciesText';
import { describeSource, describeValue } from './describeRule';

function Entry(props: {
  source?: RuleSource;
  place?: PolicyPlace;
  children: ReactNode;
}) {
  const t = usePoliciesText();
  const { place } = props;
  const source = describeSource(t, props.source);
  return (
    <div>
      <p>{props.children}</p>
      <p className="gc-small gc-quiet">
        {place
          ? t('table.placed', { place: t(`place.${place}`), source })
          : source}
      </p>
    </div>
  );
}

const isSame = (a: RuleSource, b?: RuleSource) =>
  a.file === b?.file && a.line === b.line;

/** What others say of a rule, who are not as strict. */
function listOthers(t: PoliciesText, policy: EffectivePolicy): string {
  return policy.stated
    .filter(({ source }) => !isSame(source, policy.source))
    .map(
      ({ place, value }) => `${t(`place.${place}`)} ${describeValue(t, value)}`,
    )
    .join(', ');
}

function RuleCell(props: { policy?: EffectivePolicy }) {
  const t = usePoliciesText();
  const { policy } = props;
  if (!policy) return null;
  const others = listOthers(t, policy);
  const winner = policy.stated.find(({ source }) =>
    isSame(source, policy.source),
  );
  return (
    <>
      <Entry source={policy.source} place={winner?.place}>
        {describeValue(t, policy.value)}
      </Entry>
      {others && (
        <p className="gc-small gc-quiet">{t('table.also', { list: others })}</p>
      )}
    </>
  );
}

function FreezeCell(props: { freezes: EnvironmentPolicies['freezes'] }) {
  const t = usePoliciesText();
  if (!props.freezes.length) return <>{t('table.none')}</>;
  return (
    <>
      {props.freezes.map(({ place, value, reason, source }) => (
        <Entry
          key={`${place} ${source.line} ${value}`}
          source={source}
          place={place}
        >
          {value}
          {reason && ` · ${reason}`}
        </Entry>
      ))}
    </>
  );
}

function BranchCell(props: { held: EnvironmentPolicies; fault?: string }) {
  const t = usePoliciesText();
  if (props.fault !== undefined) return <>{t('table.unreadable')}</>;
  const { branchRestrictions } = props.held;
  if (!branchRestrictions.length) return <>{t('table.any')}</>;
  return (
    <>
      {branchRestrictions.map(({ branchRegex, source }) => (
        <Entry key={branchRegex} source={source}>
          <code className="gc-mono">{branchRegex}</code>
        </Entry>
      ))}
    </>
  );
}

function AutoCell(props: { held: EnvironmentPolicies; fault?: string }) {
  const t = usePoliciesText();
  const format = useFormat();
  const paths = useReleasesPath();
  if (props.fault !== undefined) return <>{t('table.unreadable')}</>;
  const { autoRelease, autoReleasePause: pause } = props.held;
  return (
    <>
      {autoRelease ? (
        <Entry source={autoRelease.source}>
          <code className="gc-mono">{autoRelease.branch}</code>
        </Entry>
      ) : (
        t('table.none')
      )}
      {pause && (
        <p className="gc-small">
          {t(pause.fault === undefined ? 'table.paused' : 'table.pauseFails', {
            until: format.minute(new Date(pause.until)),
          })}{' '}
          <PageLink to={paths.request(pause.requestId)}>
            {pause.requestId}
          </PageLink>
          {pause.fault !== undefined && <>: {pause.fault}</>}
        </p>
      )}
    </>
  );
}

/** What holds in each environment, rule by rule, and where it is written. */
export function PolicyTable(props: {
  policies: Policies;
  /** One alone; empty for all. */
  environment: string;
}) {
  const t = usePoliciesText();
  const { policies, environment } = props;
  const fault = policies.service?.fault;
  const shown = policies.environments.filter(
    held => !environment || held.environment === environment,
  );
  const row = (
    label: string,
    cell: (held: EnvironmentPolicies) => ReactNode,
  ) => (
    <tr>
      <th scope="row">{label}</th>
      {shown.map(held => (
        <td key={held.environment}>{cell(held)}</td>
      ))}
    </tr>
  );
  return (
    <div
      className="gc-policies-scroll"
      role="region"
      aria-label={t('table.label')}
      // A region that scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className="gc-policies">
        <thead>
          <tr>
            <th scope="col">{t('table.rule')}</th>
            {shown.map(held => (
              <th key={held.environment} scope="col">
                {held.environment}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {POLICY_RULES.map(rule => (
            <tr key={rule}>
              <th scope="row">{t(`rule.${rule}`)}</th>
              {shown.map(held => (
                <td key={held.environment}>
                  <RuleCell
                    policy={held.rules.find(each => each.rule === rule)}
                  />
                </td>
              ))}
            </tr>
          ))}
          {row(t('rule.freeze'), held => (
            <FreezeCell freezes={held.freezes} />
          ))}
          {policies.service &&
            row(t('rule.branch-restriction'), held => (
              <BranchCell held={held} fault={fault} />
            ))}
          {policies.service &&
            row(t('rule.auto-release'), held => (
              <AutoCell held={held} fault={fault} />
            ))}
        </tbody>
      </table>
    </div>
  );
}
