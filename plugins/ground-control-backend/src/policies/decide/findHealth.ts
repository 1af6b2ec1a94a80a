import { SoakFacts } from './types';

/** States that say that something is wrong, and not only not yet right. */
const UNWELL = ['failed', 'drifted', 'suspended'];
const UNTOLD = ['unknown', 'stale'];

/** In a few words, of a state that isn't well, or not yet. */
export function entitleUnwell(state: string, environment: string): string {
  return UNWELL.includes(state)
    ? `Not well in ${environment}`
    : `Not running in ${environment} yet`;
}

/** `untold` and `unwell` name a cluster. */
type Health =
  | { since: number }
  | { untold: string }
  | { unwell: string; state: string };

/** Since when the artifact has been well in every cluster; or which isn't. */
export function findHealth({ clusters }: SoakFacts, from: number): Health {
  const unwell = clusters.find(({ state }) => UNWELL.includes(state));
  if (unwell) return { unwell: unwell.cluster, state: unwell.state };
  const untold = clusters.find(
    ({ state, since }) =>
      UNTOLD.includes(state) || (state === 'reconciled' && since === undefined),
  );
  if (untold) return { untold: untold.cluster };
  const underWay = clusters.find(({ state }) => state !== 'reconciled');
  if (underWay) return { unwell: underWay.cluster, state: underWay.state };
  return {
    since: Math.max(from, ...clusters.map(({ since }) => since ?? from)),
  };
}

/** How long the artifact was well in a stay that is over, as far as anybody knows. */
export function findPastMs({
  stays,
  unwatched,
}: SoakFacts): number | undefined {
  const known = stays.flatMap(({ from, to, healthyMs }) => {
    if (to === undefined) return [];
    return (unwatched ? to - from : healthyMs) ?? [];
  });
  return known.length > 0 ? Math.max(...known) : undefined;
}
