import {
  Release,
  ReleaseChoices,
  ReleaseWish,
  RollbackCandidate,
  ServiceDetail,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** How an earlier release is known to have run. */
export type Health = 'healthy' | 'unhealthy' | 'unknown';

export function healthOf(candidate: RollbackCandidate): Health {
  const { healthyForSeconds } = candidate;
  if (healthyForSeconds === undefined) return 'unknown';
  return healthyForSeconds > 0 ? 'healthy' : 'unhealthy';
}

/**
 * The release that is chosen to begin with: the last that
 * stayed healthy, or else that stood for long while nobody watched; where no
 * cluster tells of any, the one before. Where clusters tell that none stayed
 * healthy there is none: whoever goes back twice by “the one before” is where
 * they started.
 */
export function findRollback(choices: ReleaseChoices): Release | undefined {
  const { rollbacks } = choices;
  const recommended = rollbacks.find(one => one.recommended);
  if (recommended) return recommended.release;
  return rollbacks.every(one => healthOf(one) === 'unknown')
    ? rollbacks[0]?.release
    : undefined;
}

/** The wish to go back to a release, whatever becomes of the history meanwhile. */
export function rollbackTo(
  { position, revision }: Release,
  service: ServiceRef,
  environment: string,
): ReleaseWish {
  return { service, environment, intent: 'rollback', position, revision };
}

/** The clusters that report the service failed in an environment. */
export function failingClusters(
  detail: ServiceDetail | undefined,
  environment: string,
): string[] {
  return (
    detail?.environments
      .find(one => one.environment === environment)
      ?.clusters.filter(one => one.state === 'failed')
      .map(one => one.cluster) ?? []
  );
}
