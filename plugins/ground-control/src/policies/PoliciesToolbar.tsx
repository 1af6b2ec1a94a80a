import {
  formatServiceRef,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { EnvironmentSelect } from '../components/EnvironmentSelect';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { useChoices } from '../hooks/useChoices';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { useSearchText } from '../hooks/useSearchText';
import { shortName } from '../lib/shortName';
import { PoliciesState } from './policiesState';

/** Not a squad: the service's own policies are shown. */
const OF_SERVICE = 'service';

/** Whose policies are shown, and where. */
export function PoliciesToolbar(props: {
  state: PoliciesState;
  onChange(part: Partial<PoliciesState>): void;
}) {
  const t = usePoliciesText();
  const choices = useChoices();
  const { state, onChange } = props;
  const { subject } = state;
  const squad = subject.level === 'squad' ? subject.squad : '';
  const ofService = subject.level === 'service';
  const service =
    subject.level === 'service' ? formatServiceRef(subject.service) : '';
  const [text, setText] = useSearchText(service, named => {
    const found = parseServiceRef(named.trim());
    if (found) onChange({ subject: { level: 'service', service: found } });
    else if (!named && service) onChange({ subject: { level: 'defaults' } });
  });
  const squads = choices && [
    ...choices.squads.filter(({ ref }) => choices.mine.includes(ref)),
    ...choices.squads.filter(({ ref }) => !choices.mine.includes(ref)),
  ];
  const known = choices?.squads.some(({ ref }) => ref === squad);
  return (
    <div className="gc-toolbar" role="group" aria-label={t('scope.whose')}>
      <SelectField
        label={t('scope.squad')}
        value={ofService ? OF_SERVICE : squad}
        options={[
          ofService && [OF_SERVICE, t('scope.ofService')],
          ['', t('scope.defaults')],
          squad !== '' && !known && [squad, shortName(squad)],
          ...(squads ?? []).map(
            ({ ref, title }) =>
              [
                ref,
                choices?.mine.includes(ref)
                  ? t('scope.mine', { name: title })
                  : title,
              ] as const,
          ),
        ]}
        onChange={ref =>
          ref !== OF_SERVICE &&
          onChange({
            subject: ref
              ? { level: 'squad', squad: ref }
              : { level: 'defaults' },
          })
        }
      />
      <TextField
        label={t('scope.service')}
        placeholder={t('scope.servicePlaceholder')}
        value={text}
        onChange={setText}
      />
      <EnvironmentSelect
        value={state.environment}
        environments={choices?.environments}
        onChange={environment => onChange({ environment })}
      />
    </div>
  );
}
