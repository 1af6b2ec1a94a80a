import { KubeFault } from './KubeFault';

/** A server that says longer is asked again all the same. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

function readRetryAfter(header: string | undefined): number | undefined {
  // The other form is a date, by a clock that may be off.
  if (!header || !/^\d{1,6}$/.test(header.trim())) return undefined;
  return Math.min(Number(header) * 1_000, LONGEST_RETRY_AFTER_MS);
}

/** A resourceVersion of another etcd, such as before a restore. */
function isOfTheFuture(body: unknown): boolean {
  const causes = (body as { details?: { causes?: unknown } })?.details?.causes;
  return (
    Array.isArray(causes) &&
    causes.some(cause => cause?.reason === 'ResourceVersionTooLarge')
  );
}

/**
 * Makes a fault of an answer that isn't a success: of an HTTP status, or of
 * the status object of an event of a watch.
 *
 * @param what - what was asked for, such as `list kustomizations`
 */
export function classifyStatus(options: {
  status: number;
  retryAfter?: string;
  body?: unknown;
  what: string;
  /** Whether we showed anything to be known by. */
  anonymous?: boolean;
}): KubeFault {
  const { status, body, what } = options;
  const wait = { retryAfterMs: readRetryAfter(options.retryAfter) };
  if (isOfTheFuture(body)) {
    return new KubeFault('gone', 'It knows nothing as new as what we know');
  }
  switch (status) {
    case 401:
      return new KubeFault(
        'unauthorized',
        options.anonymous
          ? 'It asks who we are, and no credentials are configured for it (401)'
          : "It does not accept our credentials (401); they may have expired or be another cluster's",
      );
    case 403:
      return new KubeFault('forbidden', `We may not ${what} (403)`);
    case 404:
      return new KubeFault('not-found', `It has nothing to ${what} (404)`);
    case 410:
      return new KubeFault('gone', 'What we know is too old to go on from');
    case 429:
      return new KubeFault('throttled', 'It asks us to wait (429)', wait);
    default:
  }
  if (status >= 500) {
    return new KubeFault(
      'server-error',
      `It failed to ${what} (${status})`,
      wait,
    );
  }
  return new KubeFault(
    'malformed',
    status >= 300 && status < 400
      ? `It sends us elsewhere (${status}); check that its address is that of an API server`
      : `It does not understand us (${status}); check that its address is that of an API server`,
  );
}
