import { LinkPoint } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../../hooks/useLinksText';
import { Format } from '../../lib/createFormat';

/** A moment of a link in words. */
export function writePoint(
  t: LinksText,
  format: Format,
  { at, p50, p95, samples, failures }: LinkPoint,
): string {
  const ms = (value: number | null) =>
    value === null ? '–' : format.milliseconds(value);
  return t('chart.read', {
    at: format.minute(new Date(at)),
    p50: ms(p50),
    p95: ms(p95),
    failures: format.number(failures),
    samples: format.number(samples),
  });
}
