import { useState } from 'react';
import {
  Policies,
  PolicyChanged,
  PolicyDocument,
  PolicyEdit,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { SideSheet } from '../components/SideSheet';
import { TextField } from '../components/TextField';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { ApplyBar } from './ApplyBar';
import { PreviewView } from './PreviewView';
import { usePolicyPreview } from './usePolicyPreview';

const KINDS = ['branch-restriction', 'auto-release'] as const;

function readValue(
  policies: Policies,
  kind: (typeof KINDS)[number],
  environment: string,
): string {
  const held = policies.environments.find(
    each => each.environment === environment,
  );
  return kind === 'auto-release'
    ? held?.autoRelease?.branch ?? ''
    : held?.branchRestrictions[0]?.branchRegex ?? '';
}

/** Changes release-manager's own policies of a service: one of them at a time, as it does. */
export function ServiceSheet(props: {
  policies: Policies;
  service: ServiceRef;
  document: PolicyDocument;
  /** Shown first. */
  environment: string;
  onDone(changed: PolicyChanged): void;
  onClose(): void;
}) {
  const t = usePoliciesText();
  const { policies, service } = props;
  const names = policies.environments.map(({ environment }) => environment);
  const [base, setBase] = useState(props.document);
  const [kind, setKind] = useState<(typeof KINDS)[number]>(KINDS[0]);
  const [environment, setEnvironment] = useState(
    props.environment || names[names.length - 1],
  );
  const [typed, setTyped] = useState<string>();
  const value = typed ?? readValue(policies, kind, environment);
  const place = { service, environment };
  const said = value.trim() || null;
  const edit: PolicyEdit =
    kind === 'auto-release'
      ? { ...place, kind, branch: said }
      : { ...place, kind, branchRegex: said };
  const live = usePolicyPreview(edit);
  const isAuto = kind === 'auto-release';
  return (
    <SideSheet
      subject={`service ${service.name}`}
      heading={t('edit.serviceOf', { name: service.name })}
      onClose={props.onClose}
    >
      <div className="gc-policy-grid">
        <SelectField
          label={t('edit.kind')}
          value={kind}
          options={KINDS.map(each => [each, t(`rule.${each}`)] as const)}
          onChange={to => {
            setKind(to);
            setTyped(undefined);
          }}
        />
        <SelectField
          label={t('edit.environment')}
          value={environment}
          options={names}
          onChange={to => {
            setEnvironment(to);
            setTyped(undefined);
          }}
        />
        <TextField
          type="text"
          label={isAuto ? t('edit.branch') : t('edit.pattern')}
          hint={isAuto ? t('edit.branchHint') : t('edit.patternHint')}
          value={value}
          fault={live.data?.faults[0]?.message}
          onChange={setTyped}
        />
      </div>
      <PreviewView live={live} document={base} />
      <ApplyBar
        edit={edit}
        object={base.object}
        preview={live.data}
        onDone={props.onDone}
        onStartAnew={() => {
          setBase(props.document);
          setTyped(undefined);
        }}
      />
    </SideSheet>
  );
}
