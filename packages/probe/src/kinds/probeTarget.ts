import type { Outcome, Target } from '../types.ts';
import { Attempt } from './Attempt.ts';
import { PROBE_KINDS } from './index.ts';
import { describeFailure } from './lib/describeFailure.ts';
import type { ProbeTools } from './types.ts';

/** Probes a target once; never throws, and never takes longer than its deadline. */
export async function probeTarget(
  target: Target,
  tools: ProbeTools,
): Promise<Outcome> {
  const attempt = new Attempt(target, tools);
  try {
    await Promise.race([
      PROBE_KINDS[target.kind].probe(attempt),
      attempt.expired,
    ]);
    const { durationMs, phases, moments } = attempt;
    return { result: 'success', durationMs, phases, moments };
  } catch (error) {
    const { phase, elapsedMs, phases } = attempt;
    // A connection that failed isn't used again.
    tools.kept.drop(target);
    return {
      ...describeFailure(error, phase, target),
      phase,
      elapsedMs,
      phases,
    };
  } finally {
    attempt.close();
  }
}
