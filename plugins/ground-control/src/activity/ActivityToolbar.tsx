import { PageLink } from '../components/PageLink';
import { ScopeFields } from '../components/ScopeFields';
import { TextField } from '../components/TextField';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useSearchText } from '../hooks/useSearchText';
import { usePagesText } from '../hooks/usePagesText';
import { ACTIVITY_KINDS, ActivityState } from '../lib/activityState';

/** Which commits are shown: kind, squad, environment, text. */
export function ActivityToolbar(props: {
  state: ActivityState;
  onChange(part: Partial<ActivityState>): void;
}) {
  const t = usePagesText();
  const { audit } = useReleasesPath();
  const { state, onChange } = props;
  const [q, setQ] = useSearchText(state.q, text => onChange({ q: text }));
  return (
    <div className="gc-toolbar">
      <TextField
        wide
        label={t('activity.text')}
        placeholder={t('activity.textPlaceholder')}
        value={q}
        onChange={setQ}
      />
      <ScopeFields scope={state} onChange={onChange} />
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
      <PageLink
        className="gc-small"
        to={`${audit}?action=release.not-approved-here`}
      >
        {t('activity.notApproved')}
      </PageLink>
    </div>
  );
}
