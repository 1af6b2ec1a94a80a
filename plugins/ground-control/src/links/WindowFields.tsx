import {
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
  LatencyPercentile,
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
        options={LATENCY_WINDOWS.map(
          window => [window, t(`window.${window}`)] as const,
        )}
        onChange={window => onChange({ window })}
      />
      <SelectField
        label={t('pick.percentile')}
        value={state.percentile}
        options={LATENCY_PERCENTILES.map(percentile =>
          wants(percentile)
            ? ([
                percentile,
                t('pick.tooFew', {
                  percentile,
                  needed: format.number(NEEDED[percentile]),
                  samples: format.number(samples),
                }),
                { disabled: percentile !== state.percentile },
              ] as const)
            : percentile,
        )}
        onChange={percentile => onChange({ percentile })}
      />
    </>
  );
}
