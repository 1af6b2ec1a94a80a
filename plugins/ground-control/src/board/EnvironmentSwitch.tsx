import { usePagesText } from '../hooks/usePagesText';

/** Which environment a narrow board shows. */
export function EnvironmentSwitch(props: {
  environments: string[];
  value: string;
  onChange(environment: string): void;
}) {
  const t = usePagesText();
  return (
    <div
      role="group"
      aria-label={t('board.environmentSwitch')}
      className="gc-segments"
    >
      {props.environments.map(name => (
        <button
          key={name}
          type="button"
          className="gc-button"
          aria-pressed={name === props.value}
          onClick={() => props.onChange(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
