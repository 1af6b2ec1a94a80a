import { LatencyPercentile } from '@ground-control/backstage-plugin-ground-control-common';
import { useLinksText } from '../../hooks/useLinksText';
import { ChartLayout } from './layoutChart';

/** Of what is no area. */
const SHAPES: Record<string, string> = {
  loss: 'M8 2h8v10h-8z',
  release: 'M12 3l4 7h-8z',
};

/** What each look in the chart means; what isn't drawn against the axis isn't named. */
export function ChartKey(props: {
  layout: Pick<ChartLayout, 'lines' | 'baseline'>;
  /** What the band is of. */
  percentile: LatencyPercentile;
  hasReleases: boolean;
}) {
  const t = useLinksText();
  const { layout, percentile, hasReleases } = props;
  const areas = [
    ...(layout.baseline.length
      ? [{ of: 'usual', name: t('chart.usualOf', { percentile }) }]
      : []),
    ...(['down', 'gap', 'loss'] as const).map(of => ({
      of,
      name: t(`chart.${of}`),
    })),
    ...(hasReleases ? [{ of: 'release', name: t('chart.release') }] : []),
  ];
  return (
    <ul className="gc-row gc-small gc-quiet">
      {layout.lines.map(({ of }) => (
        <li key={of}>
          <svg className="gc-chart-key" viewBox="0 0 24 12" aria-hidden="true">
            <path className="gc-chart-line" data-of={of} d="M0 6h24" />
          </svg>{' '}
          {of}
        </li>
      ))}
      {areas.map(({ of, name }) => (
        <li key={of}>
          <svg className="gc-chart-key" viewBox="0 0 24 12" aria-hidden="true">
            <path
              className={`gc-chart-${of}`}
              d={SHAPES[of] ?? 'M0 0h24v12h-24z'}
            />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}
