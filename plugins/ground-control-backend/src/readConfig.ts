import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ArtifactStoreSettings, readStoreConfig } from './artifacts';
import { isPlainName } from './gitops/isPlainName';
import {
  readRepositoryConfig,
  RepositorySettings,
} from './gitops/readRepositoryConfig';
import { readHistoryConfig, SourceHistorySettings } from './history';
import { IntegrationCredentials } from './lib/IntegrationCredentials';
import { readInterval } from './lib/readInterval';

/** How the config repository is read. */
export interface ConfigRepositorySettings extends RepositorySettings {
  layout: string;
}

/** What the plugin's own config says; everything has a default but the URL. */
export interface GroundControlSettings {
  /** Absent while nobody has configured one. */
  repository?: ConfigRepositorySettings;
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

/** Reads the plugin's config. Errors say what to change and repeat no secret. */
export function readConfig(
  rootConfig: RootConfigService,
): GroundControlSettings {
  const config =
    rootConfig.getOptionalConfig('groundControl') ?? new ConfigReader({});
  const repository = config.getOptionalConfig('configRepository');
  const artifactStore = readStoreConfig(config);
  const integrations = new IntegrationCredentials(rootConfig);
  return {
    environments: readEnvironments(config),
    ...(repository && {
      repository: {
        ...readRepositoryConfig(repository, {
          where: 'groundControl.configRepository',
          mirrors: 'ground-control-mirrors',
          integrations,
        }),
        layout: repository.getOptionalString('layout') ?? 'release-manager',
      },
    }),
    artifactPollIntervalMs: readInterval(config, {
      where: 'groundControl',
      key: 'artifactStore.pollInterval',
      fallback: 30_000,
    }),
    ...(artifactStore ? { artifactStore } : {}),
    sourceHistory: readHistoryConfig(config, integrations),
  };
}
