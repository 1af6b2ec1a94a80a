import {
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
  LatencyPercentile,
  LatencyWindow,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { useFormat } from '../hooks/useFormat';
import { useLinksText } from '../hooks/useLinksText';
import { LinksState } from './linksState';

/** How many answers each percentile takes. */
const NEEDED: Record<LatencyPercentile, number> = {
  p50: 10,
  p95: 100,
  p99: 500,
};

/** The pickers of window and percentile; a percentile that no link has samples enough for can't be picked. */
export function WindowFields(props: {
  state: Pick<LinksState, 'window' | 'percentile'>;
  /** The most samples that a link has in the window; 0 where that isn't known. */
  samples: number;
  onChange(part: Partial<LinksState>): void;
}) {
  const t = useLinksText();
  const format = useFormat();
  const { state, samples, onChange } = props;
  const wants = (percentile: LatencyPercentile) =>
    samples > 0 && samples < NEEDED[percentile];
  return (
    <>
      <SelectField
        label={t('pick.window')}
        value={state.window}
        onChange={value => onChange({ window: value as LatencyWindow })}
      >
        {LATENCY_WINDOWS.map(window => (
          <option key={window} value={window}>
            {t(`window.${window}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('pick.percentile')}
        value={state.percentile}
        onChange={value => onChange({ percentile: value as LatencyPercentile })}
      >
        {LATENCY_PERCENTILES.map(percentile => (
          <option
            key={percentile}
            value={percentile}
            disabled={wants(percentile) && percentile !== state.percentile}
          >
            {wants(percentile)
              ? t('pick.tooFew', {
                  percentile,
                  needed: format.number(NEEDED[percentile]),
                  samples: format.number(samples),
                })
              : percentile}
          </option>
        ))}
      </SelectField>
    </>
  );
}
