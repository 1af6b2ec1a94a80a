import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  findBranchNameFault,
  GitCredentials,
  parseRemoteUrl,
  RemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ArtifactStoreSettings, readStoreConfig } from './artifacts';
import { isPlainName } from './gitops/isPlainName';
import { readHistoryConfig, SourceHistorySettings } from './history';
import { readCredentialSource } from './lib/readCredentialSource';
import { readInterval } from './lib/readInterval';

/** How the config repository is read. */
export interface RepositorySettings {
  remote: RemoteUrl;
  branch: string;
  layout: string;
  pollIntervalMs: number;
  timeoutMs: number;
  mirrorDirectory: string;
  readCredentials: () => Promise<GitCredentials>;
}

/** What the plugin's own config says; everything has a default but the URL. */
export interface GroundControlSettings {
  /** Absent while nobody has configured one. */
  repository?: RepositorySettings;
  /** In the order of promotion. */
  environments: string[];
  artifactStore?: ArtifactStoreSettings;
  artifactPollIntervalMs: number;
  sourceHistory: SourceHistorySettings;
}

function readEnvironments(config: Config): string[] {
  const environments = config.getOptionalStringArray('environments') ?? [
    'dev',
    'staging',
    'prod',
  ];
  if (environments.length === 0) {
    throw new InputError('groundControl.environments may not be empty');
  }
  for (const environment of environments) {
    if (!isPlainName(environment)) {
      throw new InputError(
        `groundControl.environments: ${JSON.stringify(
          environment,
        )} can't be the name of an environment; use letters and digits in lower case with - between them`,
      );
    }
  }
  if (new Set(environments).size < environments.length) {
    throw new InputError('groundControl.environments names one of them twice');
  }
  return environments;
}

function readRepository(config: Config): RepositorySettings {
  const branch = config.getOptionalString('branch') ?? 'master';
  const fault = findBranchNameFault(branch);
  if (fault) {
    throw new InputError(`groundControl.configRepository.branch ${fault}`);
  }
  let remote: RemoteUrl;
  try {
    remote = parseRemoteUrl(config.getString('url'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `groundControl.configRepository.url can't be used: ${error.message}`,
    );
  }
  return {
    remote,
    branch,
    layout: config.getOptionalString('layout') ?? 'release-manager',
    pollIntervalMs: readInterval(config, {
      where: 'groundControl.configRepository',
      key: 'pollInterval',
      fallback: 10_000,
    }),
    timeoutMs: readInterval(config, {
      where: 'groundControl.configRepository',
      key: 'timeout',
      fallback: 120_000,
    }),
    mirrorDirectory:
      config.getOptionalString('mirrorDirectory') ??
      join(tmpdir(), 'ground-control-mirrors'),
    readCredentials: readCredentialSource(
      config,
      'groundControl.configRepository',
    ),
  };
}

/** Reads the plugin's config. Errors say what to change and repeat no secret. */
export function readConfig(
  rootConfig: RootConfigService,
): GroundControlSettings {
  const config =
    rootConfig.getOptionalConfig('groundControl') ?? new ConfigReader({});
  const repository = config.getOptionalConfig('configRepository');
  const artifactStore = readStoreConfig(config);
  return {
    environments: readEnvironments(config),
    ...(repository ? { repository: readRepository(repository) } : {}),
    artifactPollIntervalMs: readInterval(config, {
      where: 'groundControl',
      key: 'artifactStore.pollInterval',
      fallback: 30_000,
    }),
    ...(artifactStore ? { artifactStore } : {}),
    sourceHistory: readHistoryConfig(config),
  };
}
