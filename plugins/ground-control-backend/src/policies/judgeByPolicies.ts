import { isError } from '@backstage/errors';
import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import {
  JudgedRelease,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import { z } from 'zod';
import { cleanText } from '../lib/cleanText';
import { fitTitle } from './decide/formatSpan';

/** A page waits for its verdicts, and the writer does. */
const MAX_MS = 5_000;
const MAX_TEXT = 2_000;

const text = z.string().transform(words => cleanText(words, MAX_TEXT));

/** A policy may be anybody's code: what it says is read as from outside. */
const sayingSchema = z.object({
  level: z.enum(['pass', 'warning', 'block']),
  title: text.transform(fitTitle),
  reason: text,
  rule: z
    .object({
      file: text,
      line: z.number().int().positive().optional(),
      text: text.optional(),
      keptBy: z.enum(['platform', 'squad']).optional(),
    })
    .optional(),
  remedy: text.optional(),
  momentary: z.boolean(),
  until: z.string().datetime().optional(),
  overridable: z.boolean(),
});

function failed(policy: string, why: string): Verdict {
  return {
    policy,
    level: 'block',
    title: fitTitle(`Policy ${policy} failed`),
    reason: `The policy ${policy} could not be asked: ${why}. So it isn't known what it says of this release.`,
    remedy: `Try again; if it goes on, have whoever added the policy ${policy} look at it.`,
    momentary: false,
    overridable: true,
  };
}

async function judgeByOne(
  policy: ReleasePolicy,
  release: JudgedRelease,
  options: { now: Date; signal?: AbortSignal; maxMs: number },
): Promise<Verdict | undefined> {
  const { now, signal, maxMs } = options;
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it took longer than ${maxMs / 1_000} s`)),
      maxMs,
    );
  });
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), {
      signal: stop.signal,
    });
  });
  try {
    signal?.throwIfAborted();
    const said = await Promise.race([
      policy.judge(release, {
        now,
        signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]),
      }),
      timeout,
      aborted,
    ]);
    if (said === undefined) return undefined;
    const parsed = sayingSchema.safeParse(said);
    return parsed.success
      ? { policy: policy.id, ...parsed.data }
      : failed(policy.id, 'what it said is not a verdict');
  } catch (error) {
    signal?.throwIfAborted();
    // An error's text may hold anything, but who wrote the policy needs it.
    const why = isError(error) ? error.message : 'unknown error';
    return failed(policy.id, cleanText(why, 300).replace(/\.+$/, ''));
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/**
 * Asks policies, all at once, and gives their verdicts in the policies' order.
 * One that throws, takes too long or says what is no verdict blocks, by name;
 * the others count.
 */
export async function judgeByPolicies(
  policies: readonly ReleasePolicy[],
  release: JudgedRelease,
  options: {
    now: Date;
    signal?: AbortSignal;
    /** 5 s by default. */
    maxMs?: number;
  },
): Promise<Verdict[]> {
  const verdicts = await Promise.all(
    policies.map(policy =>
      judgeByOne(policy, release, { maxMs: MAX_MS, ...options }),
    ),
  );
  return verdicts.filter(verdict => verdict !== undefined);
}
