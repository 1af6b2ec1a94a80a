import { EnvironmentSelect } from '../components/EnvironmentSelect';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { useSearchText } from '../hooks/useSearchText';
import { useChoices } from '../hooks/useChoices';
import { AUDIT_ACTIONS, AuditState } from './auditState';

/** An action in words; one that isn't known here in its own. */
export function describeAction(t: RequestsText, action: string): string {
  const known = AUDIT_ACTIONS.find(each => each === action);
  return known ? t(`action.${known}`) : action;
}

function SearchField(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange(value: string): void;
}) {
  const [text, setText] = useSearchText(props.value, props.onChange);
  return (
    <TextField
      label={props.label}
      placeholder={props.placeholder}
      value={text}
      onChange={setText}
    />
  );
}

/** Which entries are shown: who, what, where, when. */
export function AuditToolbar(props: {
  state: AuditState;
  onChange(part: Partial<AuditState>): void;
}) {
  const t = useRequestsText();
  const choices = useChoices();
  const { state, onChange } = props;
  const actions: string[] = [...AUDIT_ACTIONS];
  if (state.action && !actions.includes(state.action)) {
    actions.push(state.action);
  }
  return (
    <div
      className="gc-toolbar gc-audit-filters"
      role="group"
      aria-label={t('audit.filters')}
    >
      <SearchField
        label={t('audit.actor')}
        placeholder={t('audit.actorPlaceholder')}
        value={state.actor}
        onChange={actor => onChange({ actor })}
      />
      <SelectField
        label={t('audit.action')}
        value={state.action}
        options={[
          ['', t('audit.actionAll')],
          ...actions.map(
            action => [action, describeAction(t, action)] as const,
          ),
        ]}
        onChange={action => onChange({ action })}
      />
      <EnvironmentSelect
        value={state.env}
        environments={choices?.environments}
        onChange={env => onChange({ env })}
      />
      <SearchField
        label={t('audit.service')}
        placeholder={t('audit.servicePlaceholder')}
        value={state.service}
        onChange={service => onChange({ service })}
      />
      <SearchField
        label={t('audit.request')}
        placeholder={t('audit.requestPlaceholder')}
        value={state.request}
        onChange={request => onChange({ request })}
      />
      <TextField
        type="date"
        label={t('audit.from')}
        value={state.from}
        onChange={from => onChange({ from })}
      />
      <TextField
        type="date"
        label={t('audit.to')}
        value={state.to}
        onChange={to => onChange({ to })}
      />
    </div>
  );
}
