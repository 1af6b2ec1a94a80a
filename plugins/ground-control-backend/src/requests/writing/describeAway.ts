import { RequestOutcome } from './types';

/** A store that is away is asked again after so long. */
const STORE_RETRY_MS = 15_000;

/** What becomes of a request whose artifact can't be read now. */
export function describeAway(
  message: string,
  now: number,
): { outcome: RequestOutcome } {
  return {
    outcome: {
      kind: 'hold',
      code: 'store-failing',
      message,
      until: now + STORE_RETRY_MS,
    },
  };
}
