import { SelectField } from '../components/SelectField';
import { useAskText } from '../hooks/useAskText';

/** Where something is released to. */
export function EnvironmentField(props: {
  value?: string;
  environments: string[];
  onChange(environment: string): void;
}) {
  const t = useAskText();
  const { value = '', environments } = props;
  return (
    <SelectField
      label={t('form.environment')}
      value={value}
      onChange={props.onChange}
    >
      {!value && <option value="">{t('form.choose')}</option>}
      {environments.map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
