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
      options={[!value && ['', t('form.choose')], ...environments]}
      onChange={props.onChange}
    />
  );
}
