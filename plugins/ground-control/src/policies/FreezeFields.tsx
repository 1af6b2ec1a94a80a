import { PolicyFreeze } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { TextField } from '../components/TextField';
import { usePoliciesText } from '../hooks/usePoliciesText';

const NEW: PolicyFreeze = { from: '', to: '', zone: '' };
const TEXTS = ['from', 'to', 'zone', 'reason'] as const;

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The file takes `fri`, `Fri` and `friday`. */
const shorten = (day: string) => day.slice(0, 3).toLowerCase();

function DayBoxes(props: {
  days: string[];
  fault?: string;
  onChange(days: string[]): void;
}) {
  const t = usePoliciesText();
  const chosen = props.days.map(shorten);
  return (
    <div className="gc-stack-tight">
      <div
        className="gc-row gc-policy-days"
        role="group"
        aria-label={t('edit.days')}
      >
        <span className="gc-label">{t('edit.days')}</span>
        {DAYS.map(day => (
          <label key={day}>
            <input
              type="checkbox"
              checked={chosen.includes(day)}
              onChange={({ target }) =>
                props.onChange(
                  DAYS.filter(each =>
                    each === day ? target.checked : chosen.includes(each),
                  ),
                )
              }
            />{' '}
            {t(`day.${day}`)}
          </label>
        ))}
      </div>
      {props.fault && (
        <span className="gc-small gc-bad gc-wrap">
          <StatusGlyph status="failed" /> {props.fault}
        </span>
      )}
    </div>
  );
}

/** Times in which nothing is released, to add, change and remove. */
export function FreezeFields(props: {
  label: string;
  freezes: PolicyFreeze[];
  /** What is wrong with a part of one of them. */
  faultOf(index: number, key: string): string | undefined;
  onChange(freezes: PolicyFreeze[]): void;
}) {
  const t = usePoliciesText();
  const { freezes, faultOf, onChange } = props;
  const change = (index: number, freeze: PolicyFreeze) =>
    onChange(freezes.map((each, i) => (i === index ? freeze : each)));
  const hints = {
    from: t('edit.fromHint'),
    to: t('edit.toHint'),
    zone: t('edit.zoneHint'),
    reason: undefined,
  };
  return (
    <section className="gc-stack-tight">
      <h3>{props.label}</h3>
      {freezes.map((freeze, i) => (
        // Freezes have no names; their order is that of the file.
        // eslint-disable-next-line react/no-array-index-key
        <fieldset key={i} className="gc-policy-fields">
          <legend>{t('edit.freezeNumber', { number: String(i + 1) })}</legend>
          <DayBoxes
            days={freeze.days ?? []}
            fault={faultOf(i, 'days')}
            onChange={days => {
              const { days: _, ...others } = freeze;
              change(i, days.length > 0 ? { ...others, days } : others);
            }}
          />
          <div className="gc-policy-grid">
            {TEXTS.map(key => (
              <TextField
                type="text"
                key={key}
                label={t(`edit.${key}`)}
                hint={hints[key]}
                value={freeze[key] ?? ''}
                fault={faultOf(i, key)}
                onChange={text => change(i, { ...freeze, [key]: text })}
              />
            ))}
          </div>
          <button
            type="button"
            className="gc-button"
            onClick={() => onChange(freezes.filter((_, at) => at !== i))}
          >
            {t('edit.removeFreeze', { number: String(i + 1) })}
          </button>
        </fieldset>
      ))}
      <div>
        <button
          type="button"
          className="gc-button"
          onClick={() => onChange([...freezes, NEW])}
        >
          {t('edit.addFreeze')}
        </button>
      </div>
    </section>
  );
}
