import { usePagesText } from '../hooks/usePagesText';
import { SelectField } from './SelectField';

/** One environment or all; the chosen one is among the options although nobody knows it. */
export function EnvironmentSelect(props: {
  /** Empty for all. */
  value: string;
  environments?: string[];
  onChange(value: string): void;
}) {
  const t = usePagesText();
  const { value, environments = [] } = props;
  const names = new Set([...environments, ...(value ? [value] : [])]);
  return (
    <SelectField
      label={t('scope.environment')}
      value={value}
      options={[['', t('scope.all')], ...names]}
      onChange={props.onChange}
    />
  );
}
