import { SelectField } from '../components/SelectField';
import { usePagesText } from '../hooks/usePagesText';

/** Where something is released to. */
export function EnvironmentField(props: {
  value?: string;
  environments: string[];
  onChange(environment: string): void;
}) {
  const t = usePagesText();
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
