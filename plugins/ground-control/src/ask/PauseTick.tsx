import { usePagesText } from '../hooks/usePagesText';

/** Long enough to mend what was wrong before the next merge goes out. */
export const PAUSE_HOURS = 24;

/** Whether auto-releases pause, which would soon replace what is gone back to. */
export function PauseTick(props: {
  checked: boolean;
  onChange(checked: boolean): void;
}) {
  const t = usePagesText();
  return (
    <label className="gc-tickline">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={event => props.onChange(event.target.checked)}
      />
      <span>{t('rollback.pause')}</span>
    </label>
  );
}
