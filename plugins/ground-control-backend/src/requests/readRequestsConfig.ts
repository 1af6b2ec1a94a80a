import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readEntityRef, readPlatformEngineers } from '../lib/readEntityRef';
import { readInterval } from '../lib/readInterval';
import { EXPIRE_HELD_MS } from './ExpiryService';

/** What app-config says of release requests. */
export interface RequestsSettings {
  /**
   * Beginnings of the locations whose Groups and Users count. All when absent,
   * which is allowed only where nothing is written.
   */
  trustedLocations?: string[];
  /** Of people whose address the catalog doesn't know. */
  emailDomain?: string;
  /** Entity ref of a Group. */
  platformEngineers?: string;
  /** So long a cluster may say that a release fails before the request does. */
  failAfterMs: number;
  /** So long every cluster has to come to run a committed release. */
  deadlineMs: number;
  /** Whether Ground Control does the auto-releases of services' policies. */
  autoReleases: boolean;
  /** An approval that could not become a commit for so long counts no more. */
  expireHeldAfterMs: number;
  /** Entity ref of who else is told of a block that was gone over there. */
  toldOfOverrides(environment: string): string | undefined;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
}

const HOUR_MS = 3_600_000;
/** Nobody releases to production what was asked for the day before yesterday. */
const PROD_MS = 24 * HOUR_MS;
const OTHERS_MS = 72 * HOUR_MS;
const FAIL_AFTER_MS = 60_000;
const DEADLINE_MS = 15 * 60_000;
const DOMAIN = /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i;

/** @throws InputError for an environment that isn't configured */
function checkEnvironments(
  config: Config | undefined,
  where: string,
  environments: readonly string[],
): void {
  const unknown = config?.keys().find(key => !environments.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `${where} names ${JSON.stringify(
        unknown,
      )}, which groundControl.environments doesn't have`,
    );
  }
}

function readTold(
  own: Config | undefined,
  environments: readonly string[],
): Map<string, string> {
  const where = 'groundControl.requests.tellOverrides';
  const config = own?.getOptionalConfig('tellOverrides');
  checkEnvironments(config, where, environments);
  return new Map(
    config?.keys().map(environment => {
      const ref = readEntityRef(
        config.getString(environment),
        `${where}.${environment}`,
        `group:default/releases-${environment}`,
      );
      return [environment, ref];
    }),
  );
}

/**
 * Reads `groundControl.requests`.
 *
 * @param config - of `groundControl`
 */
export function readRequestsConfig(
  config: Config | undefined,
  environments: readonly string[],
): RequestsSettings {
  const own = config?.getOptionalConfig('requests');
  const expireAfter = own?.getOptionalConfig('expireAfter');
  const where = 'groundControl.requests.expireAfter';
  checkEnvironments(expireAfter, where, environments);
  const told = readTold(own, environments);
  const expiries = new Map(
    environments.map(environment => [
      environment,
      readInterval(expireAfter, {
        where,
        key: environment,
        fallback: environment === 'prod' ? PROD_MS : OTHERS_MS,
      }),
    ]),
  );
  const readTime = (key: string, fallback: number) =>
    readInterval(own, { where: 'groundControl.requests', key, fallback });
  const emailDomain = own?.getOptionalString('emailDomain');
  if (emailDomain !== undefined && !DOMAIN.test(emailDomain)) {
    throw new InputError(
      'groundControl.requests.emailDomain is not the name of a domain; write one such as example.com',
    );
  }
  return {
    trustedLocations: own?.getOptionalStringArray('trustedLocations'),
    emailDomain,
    platformEngineers: readPlatformEngineers(config),
    failAfterMs: readTime('failAfter', FAIL_AFTER_MS),
    deadlineMs: readTime('deadline', DEADLINE_MS),
    expireHeldAfterMs: readTime('expireHeldAfter', EXPIRE_HELD_MS),
    // Where release-manager does them, each build would be released twice.
    autoReleases: own?.getOptionalBoolean('autoReleases') ?? false,
    toldOfOverrides: environment => told.get(environment),
    expireAfterMs: environment => expiries.get(environment) ?? OTHERS_MS,
  };
}
