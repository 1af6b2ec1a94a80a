import { useState } from 'react';
import {
  Policies,
  POLICY_RULES,
  PolicyChanged,
  PolicyEdit,
  PolicyLevelRules,
  PolicyPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { SideSheet } from '../components/SideSheet';
import { TextField } from '../components/TextField';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { ApplyBar } from './ApplyBar';
import { describeValue, RULE_VALUES } from './describeRule';
import { changeFreezes, changeRule, readFreezes, readRule } from './editRules';
import { FreezeFields } from './FreezeFields';
import { PreviewView } from './PreviewView';
import { usePolicyPreview } from './usePolicyPreview';

/** The fault at a place of the rules, or within it. */
function findFault(
  preview: PolicyPreview | undefined,
  path: Array<string | number>,
): string | undefined {
  return preview?.faults.find(
    fault => fault.path && path.every((part, i) => fault.path![i] === part),
  )?.message;
}

const PATHS: Partial<Record<(typeof POLICY_RULES)[number], string[]>> = {
  highVulnerabilities: ['vulnerabilities', 'high'],
  mediumVulnerabilities: ['vulnerabilities', 'medium'],
};

/** Changes what a level says in `ground-control.yaml`, an environment at a time. */
export function RulesSheet(props: {
  policies: Policies;
  name: string;
  /** Shown first. */
  environment: string;
  onDone(changed: PolicyChanged): void;
  onClose(): void;
}) {
  const t = usePoliciesText();
  const { policies } = props;
  // What the form began with, whatever the page learns meanwhile.
  const [base, setBase] = useState(policies.rules);
  const [rules, setRules] = useState<PolicyLevelRules>(base.says ?? {});
  const names = policies.environments.map(({ environment }) => environment);
  const [environment, setEnvironment] = useState(
    props.environment || names[names.length - 1],
  );
  const edit: PolicyEdit = { kind: 'rules', subject: policies.subject, rules };
  const live = usePolicyPreview(edit);
  const holding = policies.environments.find(
    each => each.environment === environment,
  );
  const hintOf = (rule: (typeof POLICY_RULES)[number]) => {
    const held = holding?.rules.find(each => each.rule === rule);
    if (!held) return undefined;
    const floor = held.stated.find(({ place }) => place === 'floor');
    return [
      rule === 'soak' && t('edit.soakHint'),
      t('edit.holds', { value: describeValue(t, held.value) }),
      floor && t('edit.floor', { value: describeValue(t, floor.value) }),
    ]
      .filter(Boolean)
      .join('; ');
  };
  const freezes = (label: string, of?: string) => (
    <FreezeFields
      label={label}
      freezes={readFreezes(rules, of)}
      faultOf={(i, key) =>
        findFault(live.data, [
          ...(of ? ['environments', of] : []),
          'freeze',
          i,
          key,
        ])
      }
      onChange={list => setRules(changeFreezes(rules, list, of))}
    />
  );
  return (
    <SideSheet
      subject={`rules ${props.name}`}
      heading={t('edit.rulesOf', { name: props.name })}
      onClose={props.onClose}
    >
      <SelectField
        label={t('edit.environment')}
        value={environment}
        options={names}
        onChange={setEnvironment}
      />
      <div className="gc-policy-grid">
        {POLICY_RULES.map(rule => {
          const key = `${environment} ${rule}`;
          const field = {
            label: t(`rule.${rule}`),
            value: readRule(rules, environment, rule),
            hint: hintOf(rule),
            fault: findFault(live.data, [
              'environments',
              environment,
              ...(PATHS[rule] ?? [rule]),
            ]),
            onChange: (text: string) =>
              setRules(changeRule(rules, environment, rule, text)),
          };
          const values = RULE_VALUES[rule];
          return values ? (
            <SelectField
              key={key}
              {...field}
              options={[
                ['', t('edit.unset')],
                ...values.map(
                  value => [value, describeValue(t, value)] as const,
                ),
              ]}
            />
          ) : (
            <TextField key={key} {...field} type="text" />
          );
        })}
      </div>
      {freezes(t('edit.freezes', { environment }), environment)}
      {freezes(t('edit.everywhere'))}
      <PreviewView live={live} document={base} />
      <ApplyBar
        edit={edit}
        object={base.object}
        preview={live.data}
        onDone={props.onDone}
        onStartAnew={() => {
          setBase(policies.rules);
          setRules(policies.rules.says ?? {});
        }}
      />
    </SideSheet>
  );
}
