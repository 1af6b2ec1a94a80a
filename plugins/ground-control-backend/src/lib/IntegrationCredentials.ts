import { Config } from '@backstage/config';
import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ScmIntegration, ScmIntegrations } from '@backstage/integration';
import {
  GitCredentials,
  RemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from './cleanText';
import { AskHost, createHostCredentials } from './hostCredentials';

interface Hosts {
  integrations: ScmIntegrations;
  ask: AskHost;
}

/** What is asked for a token may be a server that never answers. */
const TIMEOUT_MS = 15_000;

/**
 * The credentials that Backstage's `integrations` have for the hosts of Git
 * repositories. Tokens that are made for a while, as a GitHub App's, are made
 * anew when they end, so ask before each use and keep nothing.
 */
export class IntegrationCredentials {
  readonly #config: Config;
  readonly #timeoutMs: number;
  #hosts?: Hosts;

  /** @param config - the whole app-config */
  constructor(config: Config, options: { timeoutMs?: number } = {}) {
    this.#config = config;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    config.subscribe?.(() => {
      this.#hosts = undefined;
    });
  }

  /**
   * Gives what the integration of a remote's host has for it; undefined for
   * ssh and paths, for a host without an integration, and for an integration
   * without credentials. Throws what an operator can act on, without secrets.
   */
  async find(remote: RemoteUrl): Promise<GitCredentials | undefined> {
    if (!remote.origin) return undefined;
    const { integrations, ask } = this.#readHosts();
    // Without the query, which may hold a token of its own.
    const url = remote.label;
    const integration = integrations.byUrl(url);
    if (!integration || !isItsOrigin(remote.origin, integration)) {
      return undefined;
    }
    const host = `The integration of ${new URL(url).host}`;
    let found: GitCredentials | undefined;
    try {
      found = await this.#inTime(ask(integration, url));
    } catch (error) {
      throw new ServiceUnavailableError(
        `${host} gives no credentials for ${url}: ${describe(
          error,
        )}. Check it under integrations of the app-config.`,
      );
    }
    if (/[\r\n\0]/.test(`${found?.username ?? ''}${found?.password ?? ''}`)) {
      throw new InputError(
        `${host} has a user or token with a line end in it; check it under integrations of the app-config.`,
      );
    }
    return found;
  }

  #readHosts(): Hosts {
    if (this.#hosts) return this.#hosts;
    try {
      const integrations = ScmIntegrations.fromConfig(this.#config);
      this.#hosts = { integrations, ask: createHostCredentials(integrations) };
      return this.#hosts;
    } catch (error) {
      throw new InputError(
        `The integrations of the app-config can't be read: ${describe(error)}`,
      );
    }
  }

  async #inTime<T>(asked: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // The next would wait for the same answer, which may never come.
        this.#hosts = undefined;
        reject(
          new Error(`no answer within ${Math.round(this.#timeoutMs / 1000)} s`),
        );
      }, this.#timeoutMs);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Whether an integration's credentials may go there: by https to its host, and
 * in clear text only where the integration itself is reached so.
 */
function isItsOrigin(origin: string, integration: ScmIntegration): boolean {
  if (origin.startsWith('https:')) return true;
  const { config } = integration as ScmIntegration & { config?: object };
  return Object.entries(config ?? {}).some(
    ([key, value]) =>
      /url$/i.test(key) &&
      typeof value === 'string' &&
      URL.canParse(value) &&
      new URL(value).origin === origin,
  );
}

/** A sentence of the host's own may be among it. */
function describe(error: unknown): string {
  const why = isError(error) ? error.message : 'unknown error';
  return cleanText(why, 300).replace(/\.$/, '');
}
