import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';

const SOON_MS = 3_600_000;

/** What expires within the hour first, soonest first; else the order stays. */
export function orderRequests(
  requests: ReleaseRequest[],
  now: number,
): ReleaseRequest[] {
  const endOf = ({ expiresAt }: ReleaseRequest) => {
    const end = expiresAt ? Date.parse(expiresAt) : Infinity;
    return end - now < SOON_MS ? end : Infinity;
  };
  return requests
    .map((request, i) => ({ request, i, end: endOf(request) }))
    .sort((a, b) => (a.end === b.end ? a.i - b.i : a.end - b.end))
    .map(({ request }) => request);
}
