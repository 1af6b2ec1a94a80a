import { Config } from '@backstage/config';
import { readInterval } from '../lib/readInterval';
import { LinkTemplate, ReleasesSettings } from './types';

/** The first release of Ground Control configures one config repository. */
const REPOSITORY = 'default';
/** As release-manager promotes: a build of `master` goes to the first environment. */
const MAIN_BRANCH = 'master';

function parseLink(config: Config): LinkTemplate {
  return {
    title: config.getString('title'),
    kind: config.getOptionalString('kind') ?? 'other',
    url: config.getString('url'),
    environments: config.getOptionalStringArray('environments'),
  };
}

/**
 * Reads how releases are shown from the app-config.
 *
 * @throws when a value has the wrong type
 */
export function parseSettings(config: Config): ReleasesSettings {
  const own = config.getOptionalConfig('groundControl');
  return {
    repository: REPOSITORY,
    environments: own?.getOptionalStringArray('environments') ?? [
      'dev',
      'staging',
      'prod',
    ],
    mainBranch: own?.getOptionalString('mainBranch') ?? MAIN_BRANCH,
    commitUrl: own?.getOptionalString('configRepository.commitUrl'),
    catalogIntervalMs: readInterval(own, {
      where: 'groundControl',
      key: 'catalogInterval',
      fallback: 60_000,
    }),
    links: own?.getOptionalConfigArray('links')?.map(parseLink) ?? [],
  };
}
