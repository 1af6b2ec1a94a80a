import { useApi } from '@backstage/core-plugin-api';
import { groundControlApiRef } from '../api';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { useLoad } from '../hooks/useLoad';
import { useSearchText } from '../hooks/useSearchText';
import { usePagesText } from '../hooks/usePagesText';
import { ACTIVITY_KINDS, ActivityState } from '../lib/activityState';
import { shortName } from '../lib/shortName';

/** Which commits are shown: kind, squad, environment, text. */
export function ActivityToolbar(props: {
  state: ActivityState;
  onChange(part: Partial<ActivityState>): void;
}) {
  const t = usePagesText();
  const api = useApi(groundControlApiRef);
  const { state, onChange } = props;
  const [q, setQ] = useSearchText(state.q, text => onChange({ q: text }));
  // Names to choose from; without them the filters of the URL still hold.
  const choices = useLoad('activity choices', async signal => {
    const board = await api.getBoard({ squad: 'all' }, signal);
    return {
      squads: [...board.squads].sort((a, b) => a.title.localeCompare(b.title)),
      environments: board.environments,
    };
  }).data;
  const squad = Array.isArray(state.squad) ? state.squad[0] : state.squad;
  const known = choices?.squads.some(({ ref }) => ref === squad);
  return (
    <div className="gc-toolbar">
      <TextField
        wide
        label={t('activity.text')}
        placeholder={t('activity.textPlaceholder')}
        value={q}
        onChange={setQ}
      />
      <SelectField
        label={t('activity.squad')}
        value={squad}
        onChange={value =>
          onChange({
            squad: value === 'all' || value === 'mine' ? value : [value],
          })
        }
      >
        <option value="all">{t('activity.squadAll')}</option>
        <option value="mine">{t('activity.squadMine')}</option>
        {Array.isArray(state.squad) && !known && (
          <option value={squad}>{state.squad.map(shortName).join(', ')}</option>
        )}
        {choices?.squads.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('activity.environment')}
        value={state.env[0] ?? ''}
        onChange={value => onChange({ env: value ? [value] : [] })}
      >
        <option value="">{t('activity.environmentAll')}</option>
        {[...new Set([...(choices?.environments ?? []), ...state.env])].map(
          name => (
            <option key={name} value={name}>
              {name}
            </option>
          ),
        )}
      </SelectField>
      <fieldset className="gc-checks">
        <legend>{t('activity.kind')}</legend>
        {ACTIVITY_KINDS.map(kind => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={state.kind.includes(kind)}
              onChange={event =>
                onChange({
                  kind: ACTIVITY_KINDS.filter(other =>
                    other === kind
                      ? event.target.checked
                      : state.kind.includes(other),
                  ),
                })
              }
            />
            {t(`activity.${kind}`)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
