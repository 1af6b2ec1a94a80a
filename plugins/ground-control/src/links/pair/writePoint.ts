import {
  LATENCY_PERCENTILES,
  LatencyPercentile,
  LinkPoint,
} from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../../hooks/useLinksText';
import { Format } from '../../lib/createFormat';

/** A moment of a link in words: its median, and the percentile that is looked at. */
export function writePoint(
  t: LinksText,
  format: Format,
  percentile: LatencyPercentile,
  point: LinkPoint,
): string {
  const values = LATENCY_PERCENTILES.filter(
    name => name === 'p50' || name === percentile,
  ).map(name => {
    const value = point[name];
    return `${name} ${value === null ? '–' : format.milliseconds(value)}`;
  });
  return t('chart.read', {
    at: format.minute(new Date(point.at)),
    values: values.join(', '),
    failures: format.number(point.failures),
    samples: format.number(point.samples),
  });
}
