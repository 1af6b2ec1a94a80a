import { useChoices } from '../hooks/useChoices';
import { EnvironmentSelect } from './EnvironmentSelect';
import { SquadField } from './SquadField';

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
  const choices = useChoices();
  const { scope, onChange } = props;
  return (
    <>
      <SquadField
        squad={scope.squad}
        squads={choices?.squads}
        onChange={squad => onChange({ squad })}
      />
      <EnvironmentSelect
        value={scope.env[0] ?? ''}
        environments={choices?.environments}
        onChange={value => onChange({ env: value ? [value] : [] })}
      />
    </>
  );
}
