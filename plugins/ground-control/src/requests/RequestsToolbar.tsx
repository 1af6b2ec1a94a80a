import { SelectField } from '../components/SelectField';
import { useRequestsText } from '../hooks/useRequestsText';
import { shortName } from '../lib/shortName';
import { RequestsState } from './requestsState';
import { useChoices } from './useChoices';

/** Which environment's and squad's requests are shown. */
export function RequestsToolbar(props: {
  state: RequestsState;
  onChange(part: Partial<RequestsState>): void;
}) {
  const t = useRequestsText();
  const choices = useChoices();
  const { state, onChange } = props;
  const squad = Array.isArray(state.squad) ? state.squad[0] : state.squad;
  const known = choices?.squads.some(({ ref }) => ref === squad);
  const environments = new Set([
    ...(choices?.environments ?? []),
    ...state.env,
  ]);
  return (
    <div className="gc-toolbar">
      <SelectField
        label={t('list.environment')}
        value={state.env[0] ?? ''}
        onChange={value => onChange({ env: value ? [value] : [] })}
      >
        <option value="">{t('list.environmentAll')}</option>
        {[...environments].map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('list.squad')}
        value={squad}
        onChange={value =>
          onChange({
            squad: value === 'all' || value === 'mine' ? value : [value],
          })
        }
      >
        <option value="all">{t('list.squadAll')}</option>
        <option value="mine">{t('list.squadMine')}</option>
        {Array.isArray(state.squad) && !known && (
          <option value={squad}>{state.squad.map(shortName).join(', ')}</option>
        )}
        {choices?.squads.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
