import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, ConfigReader } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  findBranchNameFault,
  GitCredentials,
  parseRemoteUrl,
  RemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isPlainName } from './gitops/isPlainName';
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
  artifactStore?: { folder: string };
  artifactPollIntervalMs: number;
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

function readCredentialSource(config: Config): () => Promise<GitCredentials> {
  const where = 'groundControl.configRepository';
  const username = config.getOptionalString('username');
  const password = config.getOptionalString('password');
  const passwordFile = config.getOptionalString('passwordFile');
  if (password !== undefined && passwordFile !== undefined) {
    throw new InputError(
      `${where} has both password and passwordFile; leave one of them out`,
    );
  }
  const ssh = {
    sshKeyFile: config.getOptionalString('sshKeyFile'),
    sshKnownHostsFile: config.getOptionalString('sshKnownHostsFile'),
  };
  if (password?.includes('\n') || username?.includes('\n')) {
    throw new InputError(
      `${where}: username and password may not contain a line end`,
    );
  }
  return async () => {
    if (passwordFile === undefined) return { username, password, ...ssh };
    let content: string;
    try {
      content = (await readFile(passwordFile, 'utf8')).trim();
    } catch (error) {
      throw new NotFoundError(
        `The file of ${where}.passwordFile can't be read (${
          (error as NodeJS.ErrnoException).code
        }); check that it is there and that this backend may read it`,
      );
    }
    if (content === '' || content.includes('\n')) {
      throw new InputError(
        `The file of ${where}.passwordFile must hold one line, the password or token`,
      );
    }
    return { username, password: content, ...ssh };
  };
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
    readCredentials: readCredentialSource(config),
  };
}

/** Reads the plugin's config. Errors say what to change and repeat no secret. */
export function readConfig(
  rootConfig: RootConfigService,
): GroundControlSettings {
  const config =
    rootConfig.getOptionalConfig('groundControl') ?? new ConfigReader({});
  const repository = config.getOptionalConfig('configRepository');
  const folder = config.getOptionalString('artifactStore.folder.path');
  return {
    environments: readEnvironments(config),
    ...(repository ? { repository: readRepository(repository) } : {}),
    artifactPollIntervalMs: readInterval(config, {
      where: 'groundControl',
      key: 'artifactStore.pollInterval',
      fallback: 30_000,
    }),
    ...(folder ? { artifactStore: { folder } } : {}),
  };
}
