/** A token for asking before anybody can sign in; see `externalAccess`. */
export const SERVICE_TOKEN = 'bench-service-token-of-the-embedded-world';

/** Configuration that lets the benchmarks ask as a service. */
export const SERVICE_ACCESS = {
  'backend.auth.externalAccess': [
    { type: 'static', options: { token: SERVICE_TOKEN, subject: 'bench' } },
  ],
};

/**
 * Asks eight times a second until all commits are in: more often would take
 * the time from what is measured. Resolves to the seconds
 * since `startedAt` (milliseconds since 1970).
 */
export async function waitForIngest(
  url: string,
  startedAt: number,
): Promise<number> {
  for (;;) {
    const response = await fetch(`${url}/api/ground-control/v1/repository`, {
      headers: { authorization: `Bearer ${SERVICE_TOKEN}` },
    });
    const body = await response.json();
    if (response.ok && body.state === 'fresh') {
      return (Date.now() - startedAt) / 1000;
    }
    await new Promise(resolve => setTimeout(resolve, 125));
  }
}
