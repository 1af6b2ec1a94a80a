import { LinkFailure } from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';

/** The probes that were lost last, each with how it ended. */
export function PairFailures(props: { failures: LinkFailure[] }) {
  const t = useLinksText();
  const format = useFormat();
  const { failures } = props;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('pair.failures')}</h3>
      {!failures.length && <p className="gc-quiet">{t('pair.noFailures')}</p>}
      <ul className="gc-lines">
        {failures.map(({ at, result, reason, phase, elapsedMs }, i) => (
          // Two probes may be lost in the same second.
          <li key={`${at} ${i}`} className="gc-wrap">
            <time dateTime={at} title={format.moment(new Date(at))}>
              {format.minute(new Date(at))}
            </time>{' '}
            <span className="gc-mono">
              {[result, phase, elapsedMs && format.milliseconds(elapsedMs)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <div>{reason}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
