import { SelectField } from '../../components/SelectField';
import { TextField } from '../../components/TextField';
import { Option } from '../../ask/Option';
import { Choices } from '../../hooks/useChoices';
import { useLabelId } from '../../hooks/useLabelId';
import { useLinksText } from '../../hooks/useLinksText';
import { shortName } from '../../lib/shortName';
import { AccessFields, OUTSIDE } from './decideWish';

/** Chooses the clusters that call, or that nobody in the mesh does. */
function Callers(props: {
  fields: AccessFields;
  clusters: string[];
  onChange(from: string[]): void;
}) {
  const t = useLinksText();
  const { fields, clusters, onChange } = props;
  const { cluster, from, kind } = fields;
  const others = clusters.filter(one => one !== cluster);
  // Those that the address names may be none.
  const strange = from.filter(one => one && !clusters.includes(one));
  return (
    <fieldset className="gc-options">
      <legend>{t('access.from')}</legend>
      <div className="gc-option-list">
        {[...others, ...strange, ...(kind === 'ingress' ? [OUTSIDE] : [])].map(
          one => (
            <label key={one} className="gc-tickline">
              <input
                type="checkbox"
                checked={from.includes(one)}
                onChange={event => {
                  // Calls come over links or from outside, which are two wishes.
                  const kept = from.filter(
                    other =>
                      other !== one &&
                      (other === OUTSIDE) === (one === OUTSIDE),
                  );
                  onChange(event.target.checked ? [...kept, one] : kept);
                }}
              />
              <span>{one === OUTSIDE ? t('access.outside') : one}</span>
            </label>
          ),
        )}
      </div>
    </fieldset>
  );
}

/** What is called, where it lies, and from where. */
export function AccessFieldset(props: {
  fields: AccessFields;
  onChange(part: Partial<AccessFields>): void;
  choices?: Choices;
  clusters: string[];
}) {
  const t = useLinksText();
  const option = useLabelId();
  const { fields, onChange, choices, clusters } = props;
  const isTarget = fields.kind === 'target';
  const text = (key: 'name' | 'namespace' | 'port' | 'dnsName' | 'squad') => ({
    label: t(`access.${isTarget && key === 'name' ? 'hostName' : key}`),
    value: fields[key],
    onChange: (value: string) => onChange({ [key]: value }),
  });
  return (
    <>
      <fieldset className="gc-options">
        <legend>{t('access.kind')}</legend>
        {(['ingress', 'target'] as const).map(kind => (
          <Option
            key={kind}
            name={option}
            picked={fields.kind === kind}
            onPick={() => onChange({ kind })}
          >
            <span className="gc-strong">{t(`access.${kind}`)}</span>{' '}
            <span className="gc-small gc-quiet">{t(`access.${kind}How`)}</span>
          </Option>
        ))}
      </fieldset>
      <TextField
        {...text('name')}
        options={isTarget ? undefined : choices?.services.map(one => one.name)}
      />
      {isTarget ? (
        <TextField {...text('dnsName')} />
      ) : (
        <>
          <TextField {...text('namespace')} />
          <TextField {...text('port')} />
        </>
      )}
      <SelectField
        label={t('access.cluster')}
        value={fields.cluster}
        options={[
          !fields.cluster && ['', t('access.choose')],
          ...new Set([...clusters, fields.cluster].filter(Boolean)),
        ]}
        onChange={cluster => onChange({ cluster })}
      />
      <Callers
        fields={fields}
        clusters={clusters}
        onChange={from => onChange({ from })}
      />
      <TextField
        {...text('squad')}
        options={choices?.squads.map(({ ref }) => shortName(ref))}
      />
    </>
  );
}
