import { LinkPair } from '@ground-control/backstage-plugin-ground-control-common';
import { useFirst } from '../../components/useFirst';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';

/** They tend to be alike. */
const SHOWN = 6;

/** The probes that were lost last, each with how it ended. */
export function PairFailures(props: { pair: LinkPair }) {
  const t = useLinksText();
  const format = useFormat();
  const { cells, failures, points, window } = props.pair;
  const { loss, state } = cells[window];
  const { shown, more } = useFirst(failures, SHOWN);
  // Not all that counts lost probes keeps each of them.
  const isLossy =
    state === 'down' || loss || points.some(point => point.failures > 0);
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('pair.failures')}</h3>
      {!failures.length && (
        <p className="gc-quiet">
          {t(isLossy ? 'pair.untoldFailures' : 'pair.noFailures')}
        </p>
      )}
      <ul className="gc-lines">
        {shown.map(({ at, result, reason, phase, elapsedMs }, i) => (
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
      {more}
    </section>
  );
}
