import { staleAfter } from '../../latency/reading/decideSource';
import { sayTime } from '../../lib/sayTime';
import { TrafficSourceState } from './sourceRows';

const NOT_CONFIGURED =
  'Nothing that counts calls is configured: set groundControl.linkTraffic';
const WHY_SILENT =
  'nothing was heard of it for some time, for no known reason. Is the backend that reads it running?';

function describeOne(
  {
    label,
    state,
    reason,
    readAt,
    since,
    intervalMs,
    leftOut,
  }: TrafficSourceState,
  now: number,
): string | undefined {
  const last = readAt === null ? '' : ` (last ${sayTime(readAt)})`;
  if (state !== 'fresh' && state !== 'starting') {
    return `${label}: ${reason ?? 'it could not be read'}${last}`;
  }
  if (now - (readAt ?? since) > staleAfter(intervalMs)) {
    return `${label}: ${WHY_SILENT}${last}`;
  }
  if (readAt === null) return `${label}: it has not answered yet`;
  return leftOut > 0
    ? `${label}: it has more calls than are kept; the ${leftOut} least frequent were left out`
    : undefined;
}

/** Says why traffic isn't known, or not all of it; null where it is. */
export function describeMissing(
  sources: TrafficSourceState[],
  now: number,
): string | null {
  if (sources.length === 0) return NOT_CONFIGURED;
  const missing = sources.flatMap(source => describeOne(source, now) ?? []);
  return missing.length > 0 ? missing.join('. ') : null;
}
