import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** A shorter one could be found by trying. */
const LEAST_CHARACTERS = 16;

/**
 * Reads the secrets that clusters sign their alerts with, by the cluster's
 * name.
 *
 * @throws InputError for a secret that is too short
 */
export function readAlertSecrets(
  config: RootConfigService,
): Map<string, string> {
  const secrets = new Map<string, string>();
  const clusters =
    config.getOptionalConfigArray('groundControl.clusters') ?? [];
  for (const cluster of clusters) {
    const name = cluster.getString('name');
    const secret = cluster.getOptionalString('alertSecret');
    if (secret === undefined) continue;
    if (secret.length < LEAST_CHARACTERS) {
      throw new InputError(
        `groundControl.clusters: the alertSecret of ${name} must have ${LEAST_CHARACTERS} characters or more`,
      );
    }
    secrets.set(name, secret);
  }
  return secrets;
}
