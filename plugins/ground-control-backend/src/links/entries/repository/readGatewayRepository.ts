import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readRepositoryConfig,
  REPOSITORY_KEYS,
  RepositorySettings,
} from '../../../gitops/readRepositoryConfig';
import { IntegrationCredentials } from '../../../lib/IntegrationCredentials';
import { GATEWAY_REPOSITORY } from './gatewayRepository';

const KNOWN: readonly string[] = REPOSITORY_KEYS;

/**
 * Reads `groundControl.gateway.repository`. Errors name the key, and repeat no
 * secret.
 *
 * @returns undefined where entries lie in the config repository
 */
export function readGatewayRepository(
  config: Config | undefined,
  integrations: IntegrationCredentials,
): RepositorySettings | undefined {
  const { where } = GATEWAY_REPOSITORY;
  const own = config?.getOptionalConfig('gateway.repository');
  if (!own) return undefined;
  const unknown = own.keys().filter(key => !KNOWN.includes(key));
  if (unknown.length > 0) {
    throw new InputError(
      `${where} has ${unknown.join(
        ', ',
      )}, which is not known; it may have ${KNOWN.join(', ')}`,
    );
  }
  return readRepositoryConfig(own, {
    where,
    mirrors: 'ground-control-gateway-mirrors',
    integrations,
  });
}
