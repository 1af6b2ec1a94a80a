import { LatencyFailure } from '@ground-control/backstage-plugin-ground-control-node';
import { z } from 'zod';
import { cleanText } from '../../../lib/cleanText';

/** More than the last 20 of a link are never kept. */
const MOST_OF_LINK = 20;
const LONGEST_REASON = 300;

const schema = z.object({
  failures: z.array(
    z.object({
      source: z.string(),
      target: z.string(),
      at: z.string(),
      result: z.string(),
      reason: z.string(),
      phase: z.string().nullish(),
      elapsedMs: z.number().nullish(),
    }),
  ),
});

/**
 * Reads the last failures as backbone-gateway-probe tells them.
 *
 * @param options - `skewMs`: how far its clock is ahead of ours
 * @returns undefined for what is no such list
 */
export function readFailures(
  text: string,
  options: { cluster: string; skewMs: number; now: number },
): LatencyFailure[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return undefined;
  const { cluster, skewMs, now } = options;
  const counts = new Map<string, number>();
  const failures: LatencyFailure[] = [];
  for (const failure of parsed.data.failures) {
    const { source, target, phase, elapsedMs } = failure;
    const at = Date.parse(failure.at) - skewMs;
    const count = counts.get(target) ?? 0;
    if (source !== cluster || Number.isNaN(at) || count >= MOST_OF_LINK) {
      continue;
    }
    counts.set(target, count + 1);
    failures.push({
      from: source,
      to: target,
      at: Math.min(at, now),
      result: cleanText(failure.result, 32),
      reason: cleanText(failure.reason, LONGEST_REASON),
      ...(phase && { phase: cleanText(phase, 32) }),
      ...(elapsedMs !== null &&
        elapsedMs !== undefined &&
        elapsedMs >= 0 && { elapsedMs: Math.round(elapsedMs) }),
    });
  }
  return failures;
}
