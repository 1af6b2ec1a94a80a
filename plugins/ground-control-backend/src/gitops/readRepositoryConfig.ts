import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  findBranchNameFault,
  GitCredentials,
  parseRemoteUrl,
  RemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { IntegrationCredentials } from '../lib/IntegrationCredentials';
import { readCredentialSource } from '../lib/readCredentialSource';
import { readInterval } from '../lib/readInterval';

/** How one branch of a repository is fetched. */
export interface RepositorySettings {
  remote: RemoteUrl;
  branch: string;
  pollIntervalMs: number;
  timeoutMs: number;
  /** The folder under which its mirror is kept. */
  mirrorDirectory: string;
  readCredentials: () => Promise<GitCredentials>;
}

/** What a repository's settings may say; another key is a slip or another's. */
export const REPOSITORY_KEYS = [
  'url',
  'branch',
  'username',
  'password',
  'passwordFile',
  'sshKeyFile',
  'sshKnownHostsFile',
  'pollInterval',
  'timeout',
  'mirrorDirectory',
] as const;

function readRemote(config: Config, where: string): RemoteUrl {
  try {
    return parseRemoteUrl(config.getString('url'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${where}.url can't be used: ${error.message}`);
  }
}

/**
 * Reads how a repository is fetched. Errors name the key, and repeat no secret.
 *
 * @param options - `where`: the path of `config` itself; `mirrors`: the folder
 * of the system's temporary files that its mirrors are kept in by default;
 * `integrations`: who lets us in where `config` doesn't say
 */
export function readRepositoryConfig(
  config: Config,
  options: {
    where: string;
    mirrors: string;
    integrations: IntegrationCredentials;
  },
): RepositorySettings {
  const { where, mirrors } = options;
  const branch = config.getOptionalString('branch') ?? 'master';
  const fault = findBranchNameFault(branch);
  if (fault) throw new InputError(`${where}.branch ${fault}`);
  const remote = readRemote(config, where);
  const readCredentials = readCredentialSource(config, options);
  return {
    remote,
    branch,
    pollIntervalMs: readInterval(config, {
      where,
      key: 'pollInterval',
      fallback: 10_000,
    }),
    timeoutMs: readInterval(config, {
      where,
      key: 'timeout',
      fallback: 120_000,
    }),
    mirrorDirectory:
      config.getOptionalString('mirrorDirectory') ?? join(tmpdir(), mirrors),
    readCredentials: () => readCredentials(remote),
  };
}
