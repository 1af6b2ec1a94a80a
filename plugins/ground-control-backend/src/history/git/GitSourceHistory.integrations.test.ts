import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, ConfigReader } from '@backstage/config';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { GithubHost } from '../../lib/__testUtils__/GithubHost';
import { IntegrationCredentials } from '../../lib/IntegrationCredentials';
import { readHistoryConfig } from '../readHistoryConfig';
import { GitSourceHistory } from './GitSourceHistory';

const SERVICE = {
  namespace: 'payments',
  service: 'ledger-api',
  squad: 'squad-ledger',
};
/** GitHub's tokens are made anew so long before they end. */
const RESERVE_MS = 10 * 60_000;

/** As Backstage's own, which is read anew when its files change. */
class ReloadedConfig {
  readonly #listeners: Array<() => void> = [];
  readonly config: Config;

  constructor(private reader: ConfigReader) {
    this.config = new Proxy(reader, {
      get: (_, key: keyof ConfigReader | 'subscribe') =>
        key === 'subscribe'
          ? (listener: () => void) => this.#listeners.push(listener)
          : this.reader[key].bind(this.reader),
    });
  }

  reload(reader: ConfigReader) {
    this.reader = reader;
    this.#listeners.forEach(listener => listener());
  }
}

describe('GitSourceHistory with integrations', () => {
  const stops: Array<() => unknown> = [];
  let directory: string;
  let repository: TestRepository;
  let host: GithubHost;
  let logger: ReturnType<typeof createRecordingLogger>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ground-control-integrations-'));
    stops.push(() => rmSync(directory, { recursive: true, force: true }));
    repository = TestRepository.create();
    stops.push(() => repository.remove());
    repository.git('config', 'uploadpack.allowFilter', 'true');
    host = await GithubHost.start(repository);
    stops.push(() => host.close());
    logger = createRecordingLogger();
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  /** What source history says of the newest commit. */
  function ask(integrations: IntegrationCredentials) {
    const { git } = readHistoryConfig(
      new ConfigReader({
        sourceHistory: {
          git: { url: `${host.url}/{squad}/{service}.git`, directory },
        },
      }),
      integrations,
    );
    const history = new GitSourceHistory({ ...git!, logger });
    stops.push(() => history.close());
    return () =>
      history.findCommits({
        of: SERVICE,
        to: [repository.tip()],
        notIn: [],
        limit: 10,
        signal: new AbortController().signal,
      });
  }

  const commit = () => repository.commit({ message: 'Work' });

  it('lets git in with a token of a GitHub App, and with the next when that ends', async () => {
    host.tokensLastMs = RESERVE_MS;
    const look = ask(
      new IntegrationCredentials(
        new ConfigReader({ integrations: host.integrations }),
      ),
    );
    commit();
    expect(await look()).toMatchObject({ unknown: [], complete: true });
    const first = host.made;
    expect(host.git.seen.at(-1)).toBe(`x-access-token:ghs_canary${first}`);

    // Nothing is fetched, so nothing is asked for.
    expect(await look()).toMatchObject({ unknown: [] });
    expect(host.made).toBe(first);

    commit();
    host.tokensLastMs = 2 * RESERVE_MS;
    expect(await look()).toMatchObject({ unknown: [] });
    expect(host.made).toBe(first + 1);
    expect(host.git.seen.at(-1)).toBe(`x-access-token:ghs_canary${first + 1}`);

    // One that lasts is used again.
    commit();
    expect(await look()).toMatchObject({ unknown: [] });
    expect(host.made).toBe(first + 1);
    expect(logger.lines.join('\n')).not.toMatch(/canary|PRIVATE KEY/);
  });

  it('says why there is no token, and tells none', async () => {
    commit();
    const look = ask(
      new IntegrationCredentials(
        new ConfigReader({ integrations: host.integrations }),
      ),
    );
    host.refuses = 403;
    const refused = await look();
    expect(refused).toEqual({
      kind: 'forbidden',
      fault: `The integration of ${host.host} gives no credentials for ${host.url}/squad-ledger/ledger-api.git: No tokens today. Check it under integrations of the app-config.`,
    });
    host.refuses = undefined;
    expect(await look()).toMatchObject({ unknown: [] });
    host.git.password = 'another';
    commit();
    const locked = await look();
    expect(locked).toMatchObject({
      kind: 'forbidden',
      fault: expect.stringMatching(/refuses our credentials/),
    });
    expect(
      JSON.stringify([refused, locked]) + logger.lines.join('\n'),
    ).not.toMatch(/canary|PRIVATE KEY/);
  });

  it('takes the token of a config that was read anew', async () => {
    const tokens = (token: string) =>
      new ConfigReader({
        integrations: {
          gitlab: [
            { host: host.host, baseUrl: host.url, apiBaseUrl: host.url, token },
          ],
        },
      });
    const config = new ReloadedConfig(tokens('glpat-canary1'));
    const look = ask(new IntegrationCredentials(config.config));
    host.git.password = 'glpat-canary1';
    commit();
    expect(await look()).toMatchObject({ unknown: [] });
    host.git.password = 'glpat-canary2';
    commit();
    expect(await look()).toMatchObject({ kind: 'forbidden' });
    config.reload(tokens('glpat-canary2'));
    expect(await look()).toMatchObject({ unknown: [] });
    expect(host.git.seen.at(-1)).toBe('oauth2:glpat-canary2');
    expect(logger.lines.join('\n')).not.toContain('canary');
  });
});
