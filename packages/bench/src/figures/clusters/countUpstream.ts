import type { Portal } from '../../lib/Portal.ts';

/** Requests that all embedded clusters have answered. */
export async function countUpstream(portal: Portal): Promise<number> {
  const counts = Object.values(await portal.readUpstreamRequests());
  return counts.reduce((total, count) => total + count, 0);
}
