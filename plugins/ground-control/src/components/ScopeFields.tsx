import { useChoices } from '../hooks/useChoices';
import { usePagesText } from '../hooks/usePagesText';
import { shortName } from '../lib/shortName';
import { EnvironmentSelect } from './EnvironmentSelect';
import { SelectField } from './SelectField';

/** Whose releases, and where: the part of a page's filters that pages share. */
export interface Scope {
  squad: 'mine' | 'all' | string[];
  env: string[];
}

/** Fields for squad and environment. */
export function ScopeFields(props: {
  scope: Scope;
  onChange(part: Partial<Scope>): void;
}) {
  const t = usePagesText();
  const choices = useChoices();
  const { scope, onChange } = props;
  const squad = Array.isArray(scope.squad) ? scope.squad[0] : scope.squad;
  const known = choices?.squads.some(({ ref }) => ref === squad);
  return (
    <>
      <SelectField
        label={t('scope.squad')}
        value={squad}
        onChange={value =>
          onChange({
            squad: value === 'all' || value === 'mine' ? value : [value],
          })
        }
      >
        <option value="all">{t('scope.all')}</option>
        <option value="mine">{t('scope.mine')}</option>
        {Array.isArray(scope.squad) && !known && (
          <option value={squad}>{scope.squad.map(shortName).join(', ')}</option>
        )}
        {choices?.squads.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </SelectField>
      <EnvironmentSelect
        value={scope.env[0] ?? ''}
        environments={choices?.environments}
        onChange={value => onChange({ env: value ? [value] : [] })}
      />
    </>
  );
}
