import { usePagesText } from '../hooks/usePagesText';
import { shortName } from '../lib/shortName';
import { SelectField } from './SelectField';

/** Picks whose things are shown; the chosen squad is among the options although nobody knows it. */
export function SquadField(props: {
  /** Absent for nobody's, where that is a choice. */
  squad?: 'mine' | 'all' | string[];
  /** The choice of nobody's. */
  none?: { label: string; onPick(): void };
  squads?: { ref: string; title: string }[];
  onChange(squad: 'mine' | 'all' | string[]): void;
}) {
  const t = usePagesText();
  const { squad, none, squads, onChange } = props;
  const value = Array.isArray(squad) ? squad[0] : squad ?? '';
  const known = squads?.some(({ ref }) => ref === value);
  return (
    <SelectField
      label={t('scope.squad')}
      value={value}
      options={[
        none !== undefined && ['', none.label],
        ['all', t('scope.all')],
        ['mine', t('scope.mine')],
        Array.isArray(squad) &&
          !known && [value, squad.map(shortName).join(', ')],
        ...(squads ?? []).map(({ ref, title }) => [ref, title] as const),
      ]}
      onChange={picked => {
        if (!picked) none?.onPick();
        else
          onChange(picked === 'all' || picked === 'mine' ? picked : [picked]);
      }}
    />
  );
}
