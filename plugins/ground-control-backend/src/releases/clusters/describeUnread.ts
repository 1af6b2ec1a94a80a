import { ClusterKindStatus } from '@ground-control/backstage-plugin-ground-control-common';

const WORDS = [
  ['forbidden', 'We may not read'],
  ['failing', 'Failing to read'],
] as const;

/**
 * Names the kinds of a cluster that aren't followed, in one line; undefined
 * where all are, or the cluster hasn't them.
 */
export function describeUnread(kinds: ClusterKindStatus[]): string | undefined {
  const parts = WORDS.flatMap(([state, words]) => {
    const names = kinds.filter(one => one.state === state).map(one => one.kind);
    return names.length > 0 ? [`${words} ${names.join(', ')}`] : [];
  });
  return parts.length > 0
    ? `${parts.join('. ')}. What they would tell isn't known`
    : undefined;
}
