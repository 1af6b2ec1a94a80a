import { describeProvider } from '../../clusters/describeProvider';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { MatrixNode } from './decideMatrix';

/** Which providers' clusters are shown one by one; nothing where all are. */
export function ProviderToggles(props: {
  providers: MatrixNode[];
  open: string[];
  onChange(open: string[]): void;
}) {
  const t = useLinksText();
  const format = useFormat();
  const { providers, open, onChange } = props;
  const several = providers.filter(({ clusters }) => clusters.length > 1);
  if (!several.length) return null;
  return (
    <div
      className="gc-row gc-small"
      role="group"
      aria-label={t('matrix.toggles')}
    >
      <span aria-hidden="true">{t('matrix.toggles')}</span>
      {several.map(({ name, clusters }) => {
        const shown = open.includes(name);
        return (
          <button
            key={name}
            type="button"
            className="gc-button"
            aria-pressed={shown}
            onClick={() =>
              onChange(
                shown ? open.filter(other => other !== name) : [...open, name],
              )
            }
          >
            {shown ? '▾' : '▸'}{' '}
            {t('matrix.provider', {
              provider: name ? describeProvider(name) : t('matrix.noProvider'),
              number: format.number(clusters.length),
            })}
          </button>
        );
      })}
    </div>
  );
}
