import {
  LATENCY_PERCENTILES,
  LinkPair,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';

/** The same as the chart, as rows, newest first. */
export function PairTable(props: { pair: LinkPair }) {
  const t = useLinksText();
  const format = useFormat();
  const ms = (value: number | null) =>
    value === null ? '–' : format.milliseconds(value);
  const { points, percentile } = props.pair;
  const label = t('chart.tableLabel');
  return (
    // It scrolls, so the keys have to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="gc-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="gc-numbers" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('chart.at')}</th>
            {LATENCY_PERCENTILES.map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t('chart.usualOf', { percentile })}</th>
            <th scope="col">{t('pair.lost')}</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map(point => (
            <tr key={point.at}>
              <th scope="row">{format.minute(new Date(point.at))}</th>
              {LATENCY_PERCENTILES.map(name => (
                <td key={name}>{ms(point[name])}</td>
              ))}
              <td>
                {point.baselineLow !== null && point.baselineHigh !== null
                  ? t('chart.range', {
                      low: format.decimal(point.baselineLow),
                      high: ms(point.baselineHigh),
                    })
                  : '–'}
              </td>
              <td>
                {t('cell.fewOf', {
                  samples: format.number(point.failures),
                  needed: format.number(point.samples),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
