import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { IntegrationCredentials } from '../lib/IntegrationCredentials';
import { readCredentialSource } from '../lib/readCredentialSource';
import { readInterval } from '../lib/readInterval';
import type { GitSourceHistoryOptions } from './git/GitSourceHistory';
import { parseRepositoryTemplate } from './git/repositoryTemplate';

/** How services' own repositories are read. */
export interface SourceHistorySettings {
  /** Absent while nobody has configured it. */
  git?: Omit<GitSourceHistoryOptions, 'logger'>;
  pollIntervalMs: number;
  keptMs: number;
  commitsPerService: number;
}

const WHERE = 'groundControl.sourceHistory';
const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;

function readNumber(
  config: Config | undefined,
  key: string,
  range: { fallback: number; least: number; most: number },
): number {
  const value = config?.getOptionalNumber(key) ?? range.fallback;
  if (!Number.isInteger(value) || value < range.least || value > range.most) {
    throw new InputError(
      `${WHERE}.${key} must be a whole number from ${range.least} to ${range.most}`,
    );
  }
  return value;
}

function readGit(
  config: Config,
  integrations: IntegrationCredentials,
): SourceHistorySettings['git'] {
  const url = config.getString('git.url');
  try {
    parseRepositoryTemplate(url);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${WHERE}.git.url can't be used: ${error.message}`);
  }
  const git = config.getConfig('git');
  return {
    url,
    directory:
      git.getOptionalString('directory') ??
      join(tmpdir(), 'ground-control-source-history'),
    timeoutMs: readInterval(git, {
      where: `${WHERE}.git`,
      key: 'timeout',
      fallback: 120_000,
    }),
    maxRepositoryBytes:
      readNumber(config, 'git.maxRepositorySize', {
        fallback: 200,
        least: 1,
        most: 100_000,
      }) * MIB,
    maxRepositories: readNumber(config, 'git.maxRepositories', {
      fallback: 2_000,
      least: 10,
      most: 100_000,
    }),
    readCredentials: readCredentialSource(git, {
      where: `${WHERE}.git`,
      integrations,
    }),
  };
}

/** Reads `sourceHistory` of the plugin's config. */
export function readHistoryConfig(
  plugin: Config,
  integrations: IntegrationCredentials,
): SourceHistorySettings {
  const config = plugin.getOptionalConfig('sourceHistory');
  return {
    ...(config?.has('git') ? { git: readGit(config, integrations) } : {}),
    pollIntervalMs: readInterval(config, {
      where: WHERE,
      key: 'pollInterval',
      fallback: 60_000,
    }),
    keptMs:
      readNumber(config, 'daysKept', { fallback: 90, least: 1, most: 3_650 }) *
      DAY_MS,
    commitsPerService: readNumber(config, 'commitsPerService', {
      fallback: 2_000,
      least: 10,
      most: 20_000,
    }),
  };
}
